"""Reads for screens: each takes who is asking, keeps to their scope, and leaves an audit line."""
