"""The knowledge nouns beside processes and work packages, a file for each part of the domain.

Each noun is one table of a file below ``templates/``. ``source`` is the mark of where a fact comes from: a seed
document, a public source, or judgement; the loader fills it from the top of the file where a table does not say.
"""
