"""A plan for whoever reads it outside the portal: references, days and numbers, no names."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reviewers.models import Reviewer
from reviews.models import Review
from reviews.planner.plans import Gap, Line, Plan, Step
from reviews.planner.words import in_numbers, lost_to_rest


def report(plan: Plan, *, first: date, last: date) -> dict[str, Any]:
    """The plan as JSON can hold it. Two queries."""
    names = _Names(plan)
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "covered": plan.covered,
        "proposals": [names.line(line) for line in plan.lines],
        "open": [names.gap(gap) for gap in plan.gaps],
        "waiting": [names.review(pk) for pk in plan.waiting],
        "lost_to_rest": {"number": plan.lost_to_rest, "exact": plan.is_exact},
        "lost_to_company": [names.review(pk) for pk in plan.lost_to_company],
        "lost_to_secure": [names.review(pk) for pk in plan.lost_to_secure],
        "lost_to_kept": [names.review(pk) for pk in plan.lost],
        "closed": [names.review(pk) for pk in plan.closed],
        "not_kept": [
            {"review": names.review(review), "reviewer": names.person(person)}
            for review, person in plan.not_kept
        ],
    }


class _Names:
    """The references of everything a plan names."""

    def __init__(self, plan: Plan) -> None:
        steps = [step for gap in plan.gaps for step in gap.steps]
        reviews = {
            *(line.review for line in plan.lines),
            *(gap.review for gap in plan.gaps),
            *(step.review for step in steps),
            *plan.waiting,
            *plan.lost,
            *plan.closed,
            *(review for review, _ in plan.not_kept),
        }
        people = {
            *(line.person for line in plan.lines),
            *(step.person for step in steps if step.person is not None),
            *(person for _, person in plan.not_kept),
        }
        self._reviews: dict[int, tuple[str, date]] = {
            pk: (reference, day)
            for pk, reference, day in Review.objects.filter(pk__in=reviews).values_list(
                "pk", "reference", "visit_on"
            )
        }
        self._people: Mapping[int, str] = dict(
            Reviewer.objects.filter(pk__in=people).values_list("pk", "reference")
        )

    def review(self, pk: int) -> str:
        """The reference of a visit."""
        return self._reviews[pk][0]

    def person(self, pk: int) -> str:
        """The reference of a person."""
        return self._people[pk]

    def _visit(self, pk: int) -> dict[str, str]:
        reference, day = self._reviews[pk]
        return {"review": reference, "visit_on": day.isoformat()}

    def line(self, line: Line) -> dict[str, Any]:
        """Who goes on a visit."""
        return {
            **self._visit(line.review),
            "reviewer": self.person(line.person),
            "goes_along": line.is_company,
            "kept": line.is_kept,
            "first_visit": line.is_first_visit,
            "knows_the_directorate": line.knows,
            "visits_in_a_year": line.load,
            "could_go": line.could_go,
        }

    def gap(self, gap: Gap) -> dict[str, Any]:
        """A visit with nobody."""
        return {
            **self._visit(gap.review),
            "ready": gap.ready,
            "one_step_away": gap.one_away,
            "fewest_steps": [self._step(step) for step in gap.steps],
            "steps_are_sure": gap.is_sure,
        }

    def _step(self, step: Step) -> dict[str, Any]:
        found: dict[str, Any] = {
            "review": self.review(step.review),
            "steps": step.steps,
            "rules": step.rules,
        }
        if step.person is not None:
            found["reviewer"] = self.person(step.person)
        return found


def as_text(found: Mapping[str, Any]) -> str:
    """The same for a terminal, a tab between the columns."""
    rows = [
        (each["visit_on"], each["review"], each["reviewer"], _role(each))
        for each in found["proposals"]
    ]
    rows += [(each["visit_on"], each["review"], "nobody", _why(each)) for each in found["open"]]
    lines = ["\t".join(row) for row in rows]
    lines.append(
        f"{found['covered']} visits have somebody, {len(found['open'])} have nobody,"
        f" {len(found['waiting'])} wait for an answer."
    )
    rest = found["lost_to_rest"]
    sentences = [
        lost_to_rest(rest["number"], is_exact=rest["exact"]),
        _named("Nobody goes alone on a first visit, which leaves open", found["lost_to_company"]),
        _named(
            "Nobody begins at a secure or prison service unless they wish to, which leaves open",
            found["lost_to_secure"],
        ),
        _named("Nobody is planned where the service is closed by then", found["closed"]),
    ]
    return "\n".join([*lines, *(each for each in sentences if each)])


def _named(words: str, reviews: Sequence[str]) -> str:
    return f"{words}: {', '.join(reviews)}." if reviews else ""


def _role(line: Mapping[str, Any]) -> str:
    role = "goes along" if line["goes_along"] else "goes"
    return f"{role}, kept" if line["kept"] else role


def _why(gap: Mapping[str, Any]) -> str:
    away = sum(gap["one_step_away"].values())
    found = f"{gap['ready']} ready, {away} one step away"
    if not gap["fewest_steps"]:
        return f"{found}; no step {'would do' if gap['steps_are_sure'] else 'was found'}"
    steps = "; ".join(
        f"{each['steps']} for {each['review']}: {in_numbers(each['rules'])}"
        for each in gap["fewest_steps"]
    )
    return f"{found}; fewest steps: {steps}"
