"""Figures as JSON for another program: tokens that open them, and what they open."""
