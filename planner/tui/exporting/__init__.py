"""The Export dialog: what is handed over, to whom, in which formats and where to."""
