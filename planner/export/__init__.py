"""Plans as documents and data for other programs: one file per format, each ``render(project) -> str``."""
