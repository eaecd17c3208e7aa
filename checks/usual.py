"""How long checks take here: one number for all, so that it tells nothing of anyone."""

from itertools import chain

from django.db.models import F
from django.db.models.functions import Coalesce

from checks.models import DBSCheck, RiskAssessment


def days_that_checks_took(most: int) -> list[int]:
    """From the day each began until a visit could be made on it, of the latest ``most``.

    Whatever it took: a certificate alone, or a decision after it. Two queries.
    """
    begun = Coalesce("applied_on", "asked_on")
    clear = (
        DBSCheck.objects.filter(result=DBSCheck.Result.CLEAR)
        .annotate(begun=begun, ended=F("issued_on"))
        .order_by("-issued_on", "-pk")
        .values_list("ended", "begun")[:most]
    )
    decided = (
        RiskAssessment.objects.filter(
            decision__in=RiskAssessment.ALLOWING, check_made__isnull=False, is_in_force=True
        )
        .annotate(begun=Coalesce("check_made__applied_on", "check_made__asked_on"))
        .order_by("-decided_on", "-pk")
        .values_list("decided_on", "begun")[:most]
    )
    latest = sorted(chain(clear, decided), reverse=True)[:most]
    return [(ended - began).days for ended, began in latest]
