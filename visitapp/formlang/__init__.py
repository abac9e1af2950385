"""The language in which forms are written: one YAML file to questions, schema, rules and the tablet's bundle."""
