"""Figures of roadmaps and words about them: behind rollout.compare."""
