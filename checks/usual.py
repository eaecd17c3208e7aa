"""How long checks take here: one number for all, so that it tells nothing of anyone."""

from datetime import date, timedelta
from itertools import chain

from django.db.models import F, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from checks.models import DBSCheck, RiskAssessment

# What was settled since then is left out. Else the number would move on the day on which
# one person's check is settled, and who looks each day would learn how it was.
SETTLED_FOR = timedelta(days=90)


def days_that_checks_took(most: int, *, today: date) -> list[int]:
    """Days from the beginning of a person's first check until a visit could be made on it.

    Whatever it took: a certificate alone, or a decision after it. The latest ``most`` of those
    settled 90 days ago and longer; renewals are not in it. Two queries.
    """
    until = today - SETTLED_FOR
    begun = Coalesce("applied_on", "asked_on")
    first = (
        DBSCheck.objects.filter(reviewer=OuterRef("reviewer"))
        .order_by()
        .values("reviewer")
        .annotate(first=Min(begun))
        .values("first")
    )
    firsts = DBSCheck.objects.annotate(begun=begun).filter(begun=Subquery(first))
    clear = (
        firsts.filter(result=DBSCheck.Result.CLEAR, issued_on__lte=until)
        .annotate(ended=F("issued_on"))
        .order_by("-issued_on", "-pk")
        .values_list("ended", "begun")[:most]
    )
    decided = (
        RiskAssessment.objects.filter(
            decision__in=RiskAssessment.ALLOWING,
            is_in_force=True,
            decided_on__lte=until,
            check_made__in=firsts,
        )
        .annotate(begun=Coalesce("check_made__applied_on", "check_made__asked_on"))
        .order_by("-decided_on", "-pk")
        .values_list("decided_on", "begun")[:most]
    )
    latest = sorted(chain(clear, decided), reverse=True)[:most]
    return [(ended - began).days for ended, began in latest]
