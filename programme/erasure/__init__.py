"""A leaver becomes nobody: asked for by one person, done by another, and no figure changes."""
