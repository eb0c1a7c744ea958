"""What depends on what: closure, links, circles, and the capability network."""
