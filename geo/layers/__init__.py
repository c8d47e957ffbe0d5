"""One way to draw each kind of thing, on the web map and on paper."""
