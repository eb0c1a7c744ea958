"""Two folders in that of the plans: what was put away, and what was thrown away but is not gone."""

ARCHIVE, BIN = "archive", "bin"
