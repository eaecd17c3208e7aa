"""Who is on a team: asking, recording answers, taking back, replacing, and staff."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from organisation.queries import trust_settings
from reviewers.at_contact import needs_of, needs_of_one
from reviewers.models import Reviewer
from reviewers.queries import people
from reviews import operations, policies, queries
from reviews.first_visits.buddies import notes_on
from reviews.forms import AnswerForm, InviteForm, StaffForm
from reviews.gate_list.policies import late_words
from reviews.models import TeamMember
from reviews.replacing import VisitWithout
from rules import RuleBroken, allows

SAVED = {
    TeamMember.Response.ACCEPTED: "{name} can come.",
    TeamMember.Response.DECLINED: "{name} can't come. You can ask somebody else below.",
    TeamMember.Response.WITHDRAWN: "{name} can no longer come. You can ask somebody else below.",
}


@require_POST
@requires(Permission.PLAN_REVIEWS)
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask one person to come."""
    review = queries.get_review(user=request.user, pk=pk)
    person = _person_sent(request)
    try:
        operations.invite_reviewer(
            review=review, reviewer=person, by=request.user, now=timezone.now()
        )
        note = notes_on([person.pk], review).get(person.pk, "")
        late = late_words(review, timezone.localdate())
        said = f"{person} has been asked to come."
        messages.success(request, " ".join(filter(None, [said, note, late])))
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("reviews:detail", pk)


def _person_sent(request: SignedInRequest) -> Reviewer:
    form = InviteForm(request.POST)
    if not form.is_valid():
        raise Http404
    person = people(request.user).filter(pk=form.cleaned_data["reviewer"]).first()
    if person is None:
        raise Http404
    return person


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def answer(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Record what a person said by phone or on paper."""
    found = queries.get_member(user=request.user, review_pk=pk, pk=member)
    if found.reviewer is None:
        raise Http404
    if not policies.ANSWERS[found.response]:
        messages.error(request, "This invitation is no longer open.")
        return redirect("reviews:detail", pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, member=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["answer"]
        try:
            operations.answer(
                member=found,
                answer=TeamMember.Response(said),
                how=TeamMember.How(form.cleaned_data["how"]),
                why_not=form.why_not_said,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, SAVED[said].replace("{name}", found.reviewer.first_name))
            return redirect("reviews:detail", pk)
    needs = needs_of_one(found.reviewer_id, request.user)
    context = {"form": form, "member": found, "needs": needs}
    return render(request, "reviews/answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def withdraw(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Take an invitation back; says first that the person will be told."""
    found = _open_invitation(request, pk, member)
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        try:
            operations.withdraw_invitation(member=found, by=request.user, now=timezone.now())
            messages.success(request, f"The invitation to {found.reviewer} is taken back.")
        except RuleBroken as error:
            messages.error(request, str(error))
        return redirect("reviews:detail", pk)
    needs = needs_of_one(found.reviewer_id, request.user)
    return render(request, "reviews/withdraw.html", {"member": found, "needs": needs})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def replace(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Choose somebody else in one person's place."""
    found = _open_invitation(request, pk, member)
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        person = _person_sent(request)
        try:
            operations.replace(member=found, reviewer=person, by=request.user, now=timezone.now())
            late = late_words(found.review, timezone.localdate())
            said = f"{person} has been asked instead of {found.reviewer}. {late}"
            messages.success(request, said.strip())
        except RuleBroken as error:
            messages.error(request, str(error))
        return redirect("reviews:detail", pk)
    visit = VisitWithout(found.review, trust_settings(), leaving=found.reviewer_id)
    candidates = queries.candidates_for(visit)
    needs = needs_of({found.reviewer_id or 0, *candidates.ids}, request.user)
    steps = queries.steps_of(
        candidates.steps, on=visit.day, today=timezone.localdate(), trust=visit.trust
    )
    context = {"member": found, "candidates": candidates, "needs": needs, "steps": steps}
    context["late"] = late_words(found.review, timezone.localdate())
    return render(request, "reviews/replace.html", context)


def _open_invitation(request: SignedInRequest, pk: int, member: int) -> TeamMember | HttpResponse:
    found = queries.get_member(user=request.user, review_pk=pk, pk=member)
    try:
        policies.check_can_withdraw_invitation(found)
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("reviews:detail", pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def staff(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a staff member on the team, or change who leads."""
    review = queries.get_review(user=request.user, pk=pk)
    form = StaffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            member = operations.assign_staff(
                review=review, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{member.staff} is on the team.")
            return redirect("reviews:detail", pk)
    return render(request, "reviews/staff.html", {"form": form, "review": review})


@require_POST
@requires(Permission.PLAN_REVIEWS)
def remove_staff(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Take a staff member off the team."""
    found = queries.get_member(user=request.user, review_pk=pk, pk=member)
    try:
        operations.remove_staff(member=found, by=request.user, now=timezone.now())
        messages.success(request, f"{found.staff} is no longer on the team.")
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("reviews:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_OWN_VISITS, Permission.PLAN_REVIEWS)
def cannot_come(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody of the staff says that they cannot come on a visit."""
    found = queries.get_staff_place(user=request.user, review_pk=pk)
    now = timezone.now()
    if request.method == "POST":
        try:
            operations.say_staff_cannot_come(member=found, by=request.user, now=now)
            messages.success(request, "Thank you. The quality team knows that you can’t come.")
        except RuleBroken as error:
            messages.error(request, str(error))
        return redirect("reviews:list")
    may_say = allows(policies.check_staff_can_say_no, found, now)
    return render(request, "reviews/cannot_come.html", {"member": found, "may_say": may_say})
