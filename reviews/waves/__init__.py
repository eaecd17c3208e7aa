"""Invitations in waves: people in a line for a visit, asked so many at a time."""
