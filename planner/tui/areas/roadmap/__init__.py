"""Roadmap: phases and packages in time, moved, pinned, explained, forecast."""
