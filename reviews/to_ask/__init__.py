"""The questions for visits: which version a visit uses, and the page to ask them from."""
