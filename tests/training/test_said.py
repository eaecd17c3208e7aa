"""What attendees say: nobody can tell who said what, and fewer than five say nothing."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.sessions.models import Session as Visit
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Event
from nhsuk.words import with_phones
from programme.model_rules import MODEL_RULES, Export
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from training.models import RoomLink, Said, Session
from training.operations import said as operations
from training.queries import said as queries
from training.said_links import MOST, secret_of

pytestmark = pytest.mark.django_db
FORM = "/said/"
# What was said, under which key, and by which transaction it was written, in the table's own order.
AS_THEY_STAND = {
    "sqlite": "SELECT comment, key, 1 FROM training_answer ORDER BY rowid",
    "postgresql": "SELECT comment, key, xmin::text FROM training_answer ORDER BY ctid",
}


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)
    cache.clear()


@pytest.fixture
def coordinator():
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def session(trust):
    return make.SessionFactory(held_on=TODAY, code="W1", version=make.CourseVersionFactory())


@pytest.fixture
def link(session, coordinator):
    return operations.open_form(session=session, by=coordinator, now=NOW)


def phone(secret):
    client = Client()
    client.get(f"{FORM}{secret}/")
    return client


def answered(session, count, **given):
    return [make.SaidFactory(session=session, **given) for _ in range(count)]


def came(session, count):
    make.PlaceFactory.create_batch(count, session=session, outcome="attended")


class TestTheForm:
    def test_an_attendee_answers_without_signing_in(self, link):
        client = Client()
        opened = client.get(f"{FORM}{secret_of(link)}/")
        assert opened.headers["Location"] == FORM  # the secret has left the address
        page = client.get(FORM).content.decode()
        assert "Nobody can tell who wrote what" in page
        assert "do not name anyone" in page

        done = client.post(
            FORM, {"support": "8", "pace": "5", "comment": " Good "}, follow=True
        ).content.decode()

        assert "We have your answer" in done
        said = Said.objects.get()
        assert (said.support, said.pace, said.usefulness, said.comment) == (8, 5, None, "Good")
        assert said.said_on == TODAY

    def test_a_secret_is_long_enough_and_may_be_typed_in_any_way(self, link):
        secret = secret_of(link)
        number, _, letters = secret.partition("-")
        assert len(letters.replace("-", "")) * 5 >= 128  # bits, in letters of 5 bits each
        typed = f"{number}-{letters.replace('-', '').upper()}"
        assert phone(typed).get(FORM).status_code == 200

    def test_the_same_link_is_shown_again_the_same_day(self, client_as, link, session):
        pages = [
            client_as("coordinator").get(reverse("session-feedback:room", args=[session.pk]))
            for _ in range(2)
        ]
        shown = {secret_of(link) in page.content.decode() for page in pages}
        assert shown == {True}
        assert b"style=" not in pages[0].content

    @pytest.mark.parametrize("sent", [{}, {"support": "11"}, {"pace": "x"}, {"comment": "  "}])
    def test_an_answer_that_is_none_is_a_form_error(self, link, sent):
        page = phone(secret_of(link)).post(FORM, sent)

        assert page.status_code == 200
        assert "There is a problem" in page.content.decode()
        assert not Said.objects.exists()

    def test_where_help_is(self, link, trust):
        page = phone(secret_of(link)).get(FORM).content.decode()

        assert "not read straight away" in page
        assert "tell a facilitator now" in page
        assert with_phones(trust.safeguarding_line) in page
        assert with_phones(trust.crisis_line) in page

    def test_too_many_answers_at_once_are_asked_to_wait_and_keep_their_words(self, link):
        key = f"said:{link.session_id}:{int(NOW.timestamp()) // 600}"
        cache.set(key, MOST)
        page = phone(secret_of(link)).post(FORM, {"comment": "Still here"})

        assert page.status_code == 429
        assert "Still here" in page.content.decode()
        assert not Said.objects.exists()
        cache.delete(key)
        assert phone(secret_of(link)).post(FORM, {"comment": "Now"}).status_code == 302


class TestLinksThatOpenNothing:
    def test_unknown_old_closed_and_cancelled_look_the_same(
        self, session, link, coordinator, time_machine
    ):
        good = secret_of(link)
        replaced = secret_of(link)
        link = operations.open_form(session=session, by=coordinator, now=NOW)
        cancelled = make.SessionFactory(held_on=TODAY)
        of_cancelled = secret_of(operations.open_form(session=cancelled, by=coordinator, now=NOW))
        cancelled.is_cancelled, cancelled.cancelled_why = True, "Snow"
        cancelled.save()
        shut = make.PlaceFactory(session__held_on=TODAY, outcome="attended").session
        of_closed = secret_of(operations.open_form(session=shut, by=coordinator, now=NOW))
        operations.close_form(session=shut, by=coordinator, now=NOW)
        old = make.SessionFactory(held_on=TODAY - timedelta(days=15))
        of_old = secret_of(RoomLink.objects.create(session=old))
        coming = make.SessionFactory(held_on=TODAY + timedelta(days=1))
        of_coming = secret_of(RoomLink.objects.create(session=coming))

        pages = set()
        for secret in (
            "never-was", "", "12", "-", f"{session.pk}-aaaa", "9" * 30 + "-aaaa", "é-ü", replaced,
            of_cancelled, of_closed, of_old, of_coming,
        ):  # fmt: skip
            client = phone(secret) if secret else Client()
            page = client.get(FORM)
            pages.add((page.status_code, page.content))

        assert good != secret_of(link)
        assert len(pages) == 1
        assert next(iter(pages))[0] == 404
        assert phone(secret_of(link)).get(FORM).status_code == 200

    @pytest.mark.parametrize(("days", "status"), [(0, 200), (14, 200), (15, 404)])
    def test_a_link_opens_for_fourteen_days(self, link, time_machine, days, status):
        time_machine.move_to(NOW + timedelta(days=days), tick=False)
        assert phone(secret_of(link)).get(FORM).status_code == status

    def test_an_answer_to_a_form_that_was_just_closed_is_refused(self, link, session, coordinator):
        came(session, 1)
        operations.close_form(session=session, by=coordinator, now=NOW)

        with pytest.raises(RuleBroken, match="closed while you were writing"):
            operations.say(link=link, said=Said(support=5), now=NOW)

        assert not Said.objects.exists()

    @pytest.mark.parametrize("of", ["closed", "cancelled", "never was"])
    def test_whoever_sends_too_late_reads_their_words_again(self, link, session, coordinator, of):
        secret = "never-was" if of == "never was" else secret_of(link)
        client = phone(secret)
        came(session, 1)
        if of == "closed":
            operations.close_form(session=session, by=coordinator, now=NOW)
        elif of == "cancelled":
            Session.objects.update(is_cancelled=True, cancelled_why="Snow")

        page = client.post(FORM, {"pace": "5", "usefulness": "x", "comment": "Longer <breaks>"})

        told = page.content.decode()
        assert page.status_code == 404
        assert "This form is not open any more, so what you wrote was not sent" in told
        assert "Longer &lt;breaks&gt;</textarea>" in told
        assert re.findall(r"<li>(.*?)</li>", told) == ["How was the pace? 5 of 10"]
        assert session.title not in told
        assert not Said.objects.exists()
        assert client.post(FORM, {}).content == client.get(FORM).content

    def test_a_closed_form_stays_closed(self, link, session, coordinator):
        came(session, 1)
        operations.close_form(session=session, by=coordinator, now=NOW)

        with pytest.raises(RuleBroken, match="could be told apart"):
            operations.open_form(session=session, by=coordinator, now=NOW)

    def test_a_form_opens_on_the_day(self, coordinator):
        coming = make.SessionFactory(held_on=TODAY + timedelta(days=1))

        with pytest.raises(RuleBroken, match="Open the form on that day"):
            operations.open_form(session=coming, by=coordinator, now=NOW)


class TestNobodyCanTell:
    def test_a_row_has_nothing_but_what_was_said_and_its_day(self):
        assert {field.name for field in Said._meta.get_fields()} == {
            "key", "session", "said_on", "support", "pace", "usefulness", "comment",
        }  # fmt: skip
        assert {type(field).__name__ for field in Said._meta.fields} == {
            "DrawnField", "ForeignKey", "DateField", "PositiveSmallIntegerField", "TextField",
        }  # fmt: skip

    def test_neither_the_key_nor_the_place_in_the_table_tells_the_order(self, link):
        """A table has an order of its own, and PostgreSQL knows who wrote each row."""
        came = [f"Words {number}" for number in range(20)]
        for words in came:
            phone(secret_of(link)).post(FORM, {"comment": words})

        with connection.cursor() as cursor:
            cursor.execute(AS_THEY_STAND[connection.vendor])
            rows = cursor.fetchall()

        stands = [words for words, _, _ in rows]
        assert sorted(stands) == sorted(came)
        assert stands != came  # once in 20! runs it may be
        assert [key for _, key, _ in rows] == sorted(key for _, key, _ in rows)
        assert len({by for _, _, by in rows}) == 1

    def test_an_answer_leaves_no_event_visit_or_cookie(self, link, coordinator):
        """Somebody signed in answers as anybody does."""
        client = Client()
        client.force_login(coordinator)
        events = Event.objects.count()
        visits = list(Visit.objects.values_list("session_data", "expire_date"))
        client.get(f"{FORM}{secret_of(link)}/")
        client.post(FORM, {"support": "8"})

        assert Said.objects.count() == 1
        assert Event.objects.count() == events
        assert list(Visit.objects.values_list("session_data", "expire_date")) == visits
        assert not client.cookies["said"].value

    def test_the_cookie_of_the_form_is_the_same_on_every_phone(self, link):
        secret = secret_of(link)
        assert {phone(secret).cookies["said"].value for _ in range(3)} == {secret}
        assert not Visit.objects.exists()

    def test_what_counts_the_limit_knows_no_times(self, link):
        phone(secret_of(link)).post(FORM, {"support": "8"})
        key = f"said:{link.session_id}:{int(NOW.timestamp()) // 600}"
        assert cache.get(key) == 1

    def test_words_stand_in_an_order_that_is_not_the_order_they_came_in(self, session):
        for number in range(8):
            make.SaidFactory(session=session, key=8 - number, comment=f"Words {number}")
        make.ReadFormFactory(session=session)
        group = queries.said_of_session(session)

        assert queries.comments([group]) == [f"Words {n}" for n in reversed(range(8))]

    def test_no_export_and_no_administrator_sees_a_row(self):
        assert MODEL_RULES["training.said"].export == Export.NEVER
        assert not admin.site.is_registered(apps.get_model("training.Said"))
        assert not admin.site.is_registered(apps.get_model("training.RoomLink"))
