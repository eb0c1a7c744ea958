"""Pictures of graphs in character cells: layers from left to right, lines routed between them."""

from planner.graph.layout.layered import Arrangement, layered
from planner.graph.layout.picture import Arrow, Box, Picture

__all__ = ["Arrangement", "Arrow", "Box", "Picture", "layered"]
