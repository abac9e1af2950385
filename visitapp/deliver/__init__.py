"""The ways out of the house for a letter: secure e-mail, and a folder."""
