"""Reads about courses and their versions."""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from training.models import Course, CourseVersion, Place, Session


def courses() -> QuerySet[Any]:
    """Every course by name, with ``latest`` (its newest version's number) and ``held``."""
    newest = CourseVersion.objects.filter(course=OuterRef("pk")).order_by("-number")
    held = (
        Session.objects.filter(version__course=OuterRef("pk"), is_cancelled=False)
        .order_by()
        .values("version__course")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Course.objects.annotate(
        latest=Subquery(newest.values("number")[:1]), held=Coalesce(Subquery(held), 0)
    )


def get_course(pk: int) -> Course | None:
    """The course with its versions, newest first, and their sessions."""
    return (
        Course.objects.prefetch_related(
            Prefetch("versions", CourseVersion.objects.order_by("-number"))
        )
        .filter(pk=pk)
        .first()
    )


def get_version(pk: int) -> CourseVersion | None:
    """One version of a course."""
    return CourseVersion.objects.select_related("course").filter(pk=pk).first()


def before(version: CourseVersion) -> CourseVersion | None:
    """The version that this one followed."""
    return version.course.versions.filter(number__lt=version.number).order_by("-number").first()


def after(version: CourseVersion) -> CourseVersion | None:
    """The version that followed this one."""
    return version.course.versions.filter(number__gt=version.number).order_by("number").first()


def sessions_of(version: CourseVersion) -> QuerySet[Any]:
    """The sessions that delivered the version, in their order, with ``attended``."""
    attended = (
        Place.objects.filter(session=OuterRef("pk"), outcome=Place.Outcome.ATTENDED)
        .order_by()
        .values("session")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return version.sessions.annotate(attended=Coalesce(Subquery(attended), 0)).order_by(
        "held_on", "pk"
    )
