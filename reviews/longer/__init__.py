"""Giving somebody longer to answer an invitation."""
