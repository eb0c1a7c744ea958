"""Pictures as plain shapes: laid out once, drawn by SVG, PowerPoint, the page and the printed report alike."""
