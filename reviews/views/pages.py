"""The list of reviews, and one review with whom to ask."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from organisation.queries import trust_settings
from reviewers.at_contact import needs_of
from reviews import policies, queries
from reviews.composition import composition_of
from reviews.eligibility import Missing, in_words_of
from reviews.filters import COMING, ReviewFilter
from reviews.first_visits.buddies import notes_on
from reviews.forms import WhyNotForm
from reviews.gate_list.policies import late_words, names_in_by
from reviews.models import TeamMember
from reviews.next_step import next_step
from reviews.queries.loaded import LoadedVisit
from reviews.requests.queries import agreed_for, requests_of
from reviews.review_page import sections_for
from rules import allows

SORTS = (
    Sort("soonest", "Earliest visit first", "visit_on"),
    Sort("latest", "Latest visit first", "visit_on", descending=True),
)


@require_safe
@requires(Permission.PLAN_REVIEWS, Permission.RECORD_OWN_VISITS)
def reviews(request: SignedInRequest) -> HttpResponse:
    """The reviews this user may see; those still to come until they ask for others."""
    params = request.GET or QueryDict(f"status={COMING}")
    filterset = ReviewFilter(params, queryset=queries.reviews_of(request.user))
    page = paginate(queries.with_lxrs(filterset.qs), params=params, sorts=SORTS)
    context = {
        "filterset": filterset,
        "page": page,
        "is_chosen": bool(request.GET),
        "may_plan": request.user.may(Permission.PLAN_REVIEWS),
    }
    return render(request, "reviews/list.html", context)


@require_safe
@requires(Permission.PLAN_REVIEWS, Permission.RECORD_OWN_VISITS)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One review: what to do next, the team, and, for those who plan, whom to ask."""
    now = timezone.now()
    review = queries.get_review(user=request.user, pk=pk)
    team = list(review.team.all())
    lxrs = [each for each in team if each.reviewer_id is not None]
    may_plan = request.user.may(Permission.PLAN_REVIEWS)
    requests = requests_of([each.pk for each in lxrs]) if may_plan else {}
    context = {
        "review": review,
        "staff": [each for each in team if each.staff_id and not each.taken_back],
        "lxrs": [(each, []) for each in lxrs],
        "next_step": next_step(
            review, team, requests=[each for found in requests.values() for each in found], now=now
        ),
        "composition": composition_of(review, team),
        "has_begun": review.visit_on <= timezone.localdate(now),
        "may_ask": allows(policies.check_can_ask_anyone, review, now),
        "names_in_by": names_in_by(review),
        "late": late_words(review, timezone.localdate(now)),
        "is_today": review.visit_on == timezone.localdate(now),
    }
    shown = {each.reviewer_id or 0 for each in lxrs}
    if not may_plan:
        context["needs"] = needs_of(shown, request.user)
        context["buddies"] = notes_on(shown, review)
        context["agreed"] = agreed_for([each.pk for each in lxrs])
        return render(request, "reviews/detail_lead.html", context)
    if context["may_ask"]:
        visit = LoadedVisit(review, trust_settings())
        why_not = WhyNotForm(request.GET if "who" in request.GET else None)
        asked = why_not.cleaned_data["who"] if why_not.is_valid() else ""
        candidates = queries.candidates_for(visit)
        found = queries.people_called(asked, visit) if asked else queries.Called()
        shown |= candidates.ids | {person.pk for person, _ in found.people}
        context |= {
            "lxrs": [(each, _doubts(each, candidates)) for each in lxrs],
            "candidates": candidates,
            "why_not": why_not,
            "asked": asked,
            "found": found,
            "on_team": {each.reviewer_id: each for each in lxrs},
            "steps": queries.steps_of(
                [*candidates.steps, *found.steps],
                on=review.visit_on,
                today=timezone.localdate(now),
                trust=visit.trust,
            ),
        }
    context["needs"] = needs_of(shown, request.user)
    context["buddies"] = notes_on(shown, review)
    context["requests"] = requests
    context["sections"] = sections_for(review, user=request.user, now=now)
    return render(request, "reviews/detail.html", context)


def _doubts(member: TeamMember, candidates: queries.Candidates) -> list[Missing]:
    """What this person of the team misses now, in words."""
    person = member.reviewer
    if person is None:
        return []
    return [in_words_of(rule, person) for rule in candidates.in_doubt.get(person.pk, ())]
