"""Changes to a plan as data, tried out by solving again: behind remedies and repairs."""
