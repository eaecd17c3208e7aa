"""Taking people off coming visits: only a person decides it, one place at a time."""
