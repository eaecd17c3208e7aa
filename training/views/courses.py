"""Courses and their versions, for those who run training."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from rules import RuleBroken
from training import operations, queries
from training.forms.courses import AddCourseForm, CourseForm, VersionForm
from training.queries.cycles import story_of
from training.views.finding import found


@require_safe
@requires(Permission.RUN_TRAINING)
def courses(request: SignedInRequest) -> HttpResponse:
    """Every course, by name."""
    return render(request, "training/courses_list.html", {"courses": list(queries.courses())})


@requires(Permission.RUN_TRAINING)
def add(request: SignedInRequest) -> HttpResponse:
    """A new course with its first version."""
    form = AddCourseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            course = operations.add_course(
                details=form.details(),
                what=form.cleaned_data["what"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{course} is added. You can plan a session of it now.")
            return redirect("courses:detail", course.pk)
    context = {"form": form, "title": "Add a course"}
    return render(request, "training/courses_form.html", context)


@require_safe
@requires(Permission.RUN_TRAINING)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One course and its versions."""
    course = found(queries.get_course(pk))
    return render(request, "training/courses_detail.html", {"course": course})


@requires(Permission.RUN_TRAINING)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what a course is."""
    course = found(queries.get_course(pk))
    form = CourseForm(request.POST if request.method == "POST" else None, instance=course)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_course(
                course=course, details=form.details(), by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The course is changed.")
            return redirect("courses:detail", pk)
    context = {"form": form, "title": "Change this course", "course": course}
    return render(request, "training/courses_form.html", context)


@requires(Permission.RUN_TRAINING)
def add_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changed in a course, and why."""
    course = found(queries.get_course(pk))
    form = VersionForm(
        request.POST if request.method == "POST" else None,
        initial={"made_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = operations.add_version(
                course=course,
                made_on=form.cleaned_data["made_on"],
                what=form.cleaned_data["what"],
                why=form.cleaned_data["why"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{version} is added.")
            return redirect("courses:version", version.pk)
    context = {"form": form, "title": "Add a version", "course": course}
    return render(request, "training/courses_form.html", context)


@require_safe
@requires(Permission.RUN_TRAINING)
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    """The story of one version: what changed and why, and the sessions that delivered it."""
    found_version = found(queries.get_version(pk))
    context = {
        "version": found_version,
        "before": queries.before(found_version),
        "after": queries.after(found_version),
        "sessions": list(queries.sessions_of(found_version)),
        "story": story_of(found_version),
        "today": timezone.localdate(),
    }
    return render(request, "training/courses_version.html", context)
