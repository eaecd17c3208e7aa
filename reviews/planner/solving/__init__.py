"""Finding the best plan. Pure: days, numbers and sets of places."""
