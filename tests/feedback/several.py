"""What tests about several people with a link each say and do."""

from datetime import timedelta

from django.test import Client

from accounts import links
from feedback import operations
from feedback.form_queries import form_in_use
from feedback.models import Asking
from tests.factories import NOW

END = NOW + timedelta(days=60)


def secret_of(asking):
    asking.refresh_from_db()
    return operations.open_link(asking, now=NOW, expires_at=END)


def opens(secret):
    return Client().get(f"/feedback/visit/{secret}/", follow=True).status_code == 200


def given():
    return operations.Given(form=form_in_use("team"), ratings={"impact": 8})


def answered(secret, *, told_alone=True):
    link = links.find_unspent(secret=secret, purpose="feedback", now=NOW)
    return operations.answer_by_link(
        link=link, secret=secret, given=given(), told_alone=told_alone, now=NOW
    )


def states():
    asked = Asking.objects.filter(audience="team").order_by("pk")
    return list(asked.values_list("state", flat=True))


def by_phone(asking, coordinator):
    return operations.record_answer(
        asking=asking, given=given(), how="phone", by=coordinator, now=NOW
    )
