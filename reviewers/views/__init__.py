"""Pages about people: an LXR's own, and those of staff."""
