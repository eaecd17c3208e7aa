"""Reads of concerns: with whom somebody has to get in touch, and with whom they have."""

from django.db.models import Prefetch, QuerySet

from feedback.models import Concern, Remark


def open_concerns() -> QuerySet[Concern]:
    """Nobody has been in touch yet, longest waiting first."""
    return _with_person().filter(in_touch_at__isnull=True).order_by("raised_at", "pk")


def lately_closed() -> QuerySet[Concern]:
    """Somebody has been in touch, latest first."""
    closed = _with_person().filter(in_touch_at__isnull=False).select_related("in_touch_by")
    return closed.order_by("-in_touch_at", "-pk")


def get_concern(pk: int) -> Concern | None:
    """One concern with the whole answer."""
    remarks = Remark.objects.select_related("question").order_by("question__position")
    found = _with_person().select_related("in_touch_by").filter(pk=pk)
    return found.prefetch_related(Prefetch("answer__remarks", remarks)).first()


def _with_person() -> QuerySet[Concern]:
    return Concern.objects.select_related("answer__author", "answer__review__service")
