"""Reads for screens and tablets: every function takes the actor, whose scope is joined inside the SQL, and writes down that it was read."""
