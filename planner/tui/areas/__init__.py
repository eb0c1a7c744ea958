"""The four areas of an open plan."""
