"""The nouns: a Project and what it is made of. No I/O, no view, nothing of ours above it."""
