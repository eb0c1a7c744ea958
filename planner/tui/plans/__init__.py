"""Plans: the folder as a table, and what is done to its files."""
