"""Everything held on a person, for that person: as JSON and as a PDF, and nothing on others."""
