"""Checks: findings, what mends them, what is accepted."""
