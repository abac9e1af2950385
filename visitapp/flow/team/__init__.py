"""The figures of a team, for its supervisor: each with the families behind it, from the same rows, so that no count differs from a list."""
