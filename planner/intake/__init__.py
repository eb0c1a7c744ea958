"""Import: what a foreign file holds, as values of the model, and how it becomes part of a plan.

``planner.intake.preview.read`` is the door: it says how a file was understood, what is wrong with it, and which plan it
makes; who is content keeps that plan.
"""

from planner.intake.preview import ALL_KINDS, Begin, Preview, read

__all__ = ["ALL_KINDS", "Begin", "Preview", "read"]
