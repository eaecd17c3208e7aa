"""What a person's page shows from the floors above. Below ``FIRST``, before all else."""

from accounts.page_sections import Sections
from reviewers.models import Reviewer

FIRST = 10
PERSON_PAGE: Sections[Reviewer] = Sections()
