"""The report on a plan, told once: sections made of blocks, which every format draws in its own way."""
