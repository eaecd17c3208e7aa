"""Learning across a partnership: figures of several trusts side by side, from signed files."""
