"""Pages of reviews for staff: the list and one review, the review's own changes, and its team."""
