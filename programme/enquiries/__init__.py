"""Somebody we know only from the public page: their copy of what is held, and erasing it."""
