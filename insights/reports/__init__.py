"""The board report: figures of a period with words and quotes, a draft until it is approved."""
