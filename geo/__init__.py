"""Borderlines: from news articles about a conflict to a map that can be scrubbed through time."""
