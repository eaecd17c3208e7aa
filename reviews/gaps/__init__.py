"""The gap board: every coming review without an LXR, how hard it is, and what would close it."""
