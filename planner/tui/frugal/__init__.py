"""What the terminal shows is kept here, cell by cell, and only the difference is sent to it.

Textual repaints regions: it writes every cell of them with all its styles, changed or not. ``app.FrugalApp`` takes the
same updates, puts them into a grid of cells (``grid``), and sends what differs from the grid it has sent before
(``encode``), with the cheapest ways to move the cursor (``cursor``) and to change the style (``look``), moving lines
that only scrolled (``shift``). Over a slow line frames wait for the line instead of piling up in it (``line``).
"""
