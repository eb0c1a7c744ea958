"""Relaxations behind rollout.bound: what no schedule can be better than."""
