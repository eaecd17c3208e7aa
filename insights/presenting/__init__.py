"""What the pages of figures show: cards, and charts with their finding, their table and a note."""
