"""Calendar feeds: a secret address for each person who wants one, with their visits."""
