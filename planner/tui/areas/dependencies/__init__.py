"""Dependencies: the graph, drawn and as lists."""
