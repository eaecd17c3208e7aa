"""Reads of long work for its page."""

from accounts.models import User
from jobs.models import Job, JobQuerySet


def jobs_of(user: User) -> JobQuerySet:
    """The jobs this user asked for; nobody else sees them."""
    return Job.objects.visible_to(user)
