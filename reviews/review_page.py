"""What a review's page shows, for those who plan reviews, from the floors above."""

from accounts.page_sections import Sections
from reviews.models import Review

REVIEW_PAGE: Sections[Review] = Sections()
