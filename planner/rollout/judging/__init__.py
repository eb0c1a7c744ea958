"""Parts of rollout.verify, and like it without any code of the engine."""
