"""What holds an item where it is: behind rollout.explain."""
