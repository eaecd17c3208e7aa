"""The world's feedback: askings, answers with comments, a concern, a draft of a form."""

from datetime import timedelta
from typing import Any

from accounts import links
from feedback import operations
from feedback.models import Concern
from tests import factories as make
from tests.factories import NOW
from tests.nets.canaries import CANARIES
from tests.nets.growing import day


def add_feedback(world: Any) -> None:
    """Who was asked about the world's visits, and what was answered."""

    def ask(**whom: Any) -> Any:
        return make.AskingFactory(asked_at=NOW - timedelta(days=8), **whom)

    world.asking = ask(review=world.completed, audience="team", contact=world.contact)
    world.own_asking = ask(review=world.completed, audience="lxr", reviewer=world.reviewer)
    world.quality_asking = ask(review=world.completed, audience="quality", staff=world.staff)
    world.other.asking = ask(review=world.closed, audience="lxr", reviewer=world.other.reviewer)
    world.secret = link_to(world.asking)
    world.withdrawal = "w" * 43
    world.closed_secret = links.issue(
        purpose="feedback",
        object_id=world.asking.pk,
        now=NOW - timedelta(days=90),
        expires_at=NOW - timedelta(days=30),
    )
    world.answer = make.AnswerFactory(
        review=world.closed,
        audience="team",
        impact=8,
        comment=CANARIES["comment"],
        may_quote=True,
        received_on=day(-100),
        withdrawal_digest=links.digest_of(world.withdrawal),
    )
    world.remark = world.answer.remarks.get()
    world.approved_answer = make.AnswerFactory(
        review=world.reported,
        audience="quality",
        impact=9,
        comment="They asked what we had stopped seeing.",
        comment__approved_at=NOW,
        comment__approved_by=world.quality_lead,
        may_quote=True,
        received_on=day(-50),
    )
    world.quote = world.approved_answer.remarks.get()
    world.theme = make.ThemeFactory(name="Being listened to")
    world.quote.themes.add(world.theme)
    world.other.answer = make.AnswerFactory(
        review=world.closed,
        audience="lxr",
        impact=None,
        author=world.other.reviewer,
        support_on_visit=7,
        comment=CANARIES["comment"],
        received_on=day(-100),
    )
    world.own_answer = make.AnswerFactory(
        review=world.closed,
        audience="lxr",
        impact=None,
        author=world.reviewer,
        support_on_visit=9,
        comment="I was well looked after.",
        received_on=day(-99),
    )
    world.concern = Concern.objects.create(
        answer=world.other.answer, raised_at=NOW, is_low_rating=True, asks_for_help=False
    )
    world.form = world.answer.form
    world.draft = operations.start_version(
        form=world.own_answer.form, by=world.quality_lead, now=NOW
    )
    world.fixed_question, *_, world.draft_question = world.draft.questions.order_by("position")


def link_to(asking: Any) -> str:
    """The secret of an open link to an asking."""
    made, end = NOW - timedelta(days=1), NOW + timedelta(days=59)
    return operations.open_link(asking, now=made, expires_at=end)
