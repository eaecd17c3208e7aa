"""What the page of a service, and the one that says when it closes, show from the floors above."""

from accounts.page_sections import Sections
from organisation.models import Service

SERVICE_PAGE: Sections[Service] = Sections()
