"""Work: the packages of the four workstreams, and the load they make."""
