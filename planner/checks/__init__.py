"""Findings on a plan, worst first."""
