"""A year's programme: which services are due, on which days, and how a month looks."""
