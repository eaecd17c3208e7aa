"""Reads for the import's pages."""

from accounts.models import User
from programme.models import Upload, UploadQuerySet


def uploads_of(user: User) -> UploadQuerySet:
    """The uploads this user sent, without the file itself."""
    return Upload.objects.visible_to(user).defer("content").select_related("job")
