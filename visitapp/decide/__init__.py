"""Judgements as pure functions: findings, level of need, urgency, destination, and what is due."""
