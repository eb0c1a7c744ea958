"""The network and the runs behind rollout.risk."""
