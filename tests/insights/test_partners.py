"""Partners, their files and the portal's own: what is kept, replaced, refused and shown."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from audit.models import Event
from insights.models import Partner, PartnerFigures, SigningKey
from insights.numbers import Share
from insights.partnership import files, operations, queries
from insights.partnership.own import own_content
from reviews.changed import mark
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.partners import SINCE, UNTIL, OtherPortal
from tests.insights.programmes import completed, put_on, trained
from tests.races import race

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def by(trust: Any) -> Any:
    return make.UserFactory(roles=["quality_lead"])


@pytest.fixture
def portal() -> OtherPortal:
    return OtherPortal()


@pytest.fixture
def partner(portal: OtherPortal, by: Any) -> Partner:
    return operations.add_partner(name="Eastmoor", public_key=portal.public_key, by=by, now=NOW)


def receive(document: bytes, by: Any, now: Any = NOW) -> operations.Received:
    return operations.receive(document=document, by=by, now=now)


def actions() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def kept() -> list[tuple[Any, ...]]:
    return list(PartnerFigures.objects.order_by("pk").values_list())


class TestKey:
    def test_is_made_once_and_stands_encrypted(self, by: Any) -> None:
        key = operations.make_key(by=by, now=NOW)
        assert operations.make_key(by=by, now=LATER) == key
        with connection.cursor() as cursor:
            cursor.execute("SELECT private_key FROM insights_signingkey")
            [(stored,)] = cursor.fetchall()
        assert bytes(stored).startswith(b"enc:t1:")
        assert actions() == ["made the key that signs figures"]

    def test_is_replaced_once_by_the_page_that_showed_it(self, by: Any) -> None:
        first = operations.make_key(by=by, now=NOW).public_key
        second = operations.replace_key(replaced=first, by=by, now=LATER).public_key
        assert second != first
        assert operations.replace_key(replaced=first, by=by, now=LATER).public_key == second
        assert SigningKey.objects.get().made_at == LATER
        assert actions()[1:] == ["replaced the key that signs figures"]

    @pytest.mark.django_db(transaction=True)
    def test_asked_for_twice_at_once_is_one(self, by: Any) -> None:
        made = race(*[lambda: operations.make_key(by=by, now=NOW)] * 3)
        assert len({key.public_key for key in made}) == 1
        assert SigningKey.objects.count() == 1


class TestPartners:
    def test_same_one_again_is_the_same(self, partner: Partner, by: Any) -> None:
        again = operations.add_partner(
            name="Eastmoor", public_key=partner.public_key, by=by, now=NOW
        )
        assert again == partner
        assert actions() == ["added a partner"]

    @pytest.mark.parametrize("name", ["EASTMOOR", "Westvale"])
    def test_name_or_key_of_another_is_refused(self, partner: Partner, by: Any, name: str) -> None:
        key = partner.public_key if name == "Westvale" else OtherPortal().public_key
        with pytest.raises(RuleBroken, match="this name or this key"):
            operations.add_partner(name=name, public_key=key, by=by, now=NOW)
        assert Partner.objects.count() == 1

    def test_own_key_is_refused(self, partner: Partner, by: Any) -> None:
        own = operations.make_key(by=by, now=NOW).public_key
        with pytest.raises(RuleBroken, match="your own portal’s key"):
            operations.add_partner(name="Us", public_key=own, by=by, now=NOW)
        with pytest.raises(RuleBroken, match="your own portal’s key"):
            operations.change_partner(partner=partner, name="Us", public_key=own, by=by, now=NOW)

    def test_change_is_recorded_by_field(self, partner: Partner, by: Any) -> None:
        unchanged = {"name": "Eastmoor", "public_key": partner.public_key}
        operations.change_partner(partner=partner, **unchanged, by=by, now=NOW)
        assert actions() == ["added a partner"]
        operations.change_partner(partner=partner, **unchanged | {"name": "E"}, by=by, now=NOW)
        event = Event.objects.latest("pk")
        assert (event.action, event.fields) == ("changed a partner", ["name"])
        other = operations.add_partner(
            name="W", public_key=OtherPortal().public_key, by=by, now=NOW
        )
        with pytest.raises(RuleBroken, match="this name or this key"):
            operations.change_partner(
                partner=other, name="e", public_key=other.public_key, by=by, now=NOW
            )

    def test_removed_one_takes_its_figures_with_it(
        self, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        receive(portal.file(), by)
        operations.remove_partner(partner=partner, by=by, now=NOW)
        assert not PartnerFigures.objects.exists()
        with pytest.raises(RuleBroken, match="signed by none of your partners"):
            receive(portal.file(), by)


class TestReceiving:
    def test_figures_are_kept_with_who_brought_them(
        self, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        received = receive(portal.file(), by)
        assert received.is_new
        figures = PartnerFigures.objects.get()
        assert (figures.partner, figures.since, figures.until) == (partner, SINCE, UNTIL)
        assert (figures.received_by, figures.received_at) == (by, NOW)
        [(_, content)] = queries.contents(queries.Span(SINCE, UNTIL))
        assert content is not None
        assert content.coverage == Share(17, 21)
        assert actions()[1:] == ["took in a partner's figures"]

    def test_same_file_again_changes_nothing(
        self, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        receive(portal.file(), by)
        before, events = kept(), actions()
        assert not receive(portal.file(), by, now=LATER).is_new
        assert (kept(), actions()) == (before, events)

    def test_newer_file_takes_the_place_of_an_older_one_and_never_the_other_way(
        self, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        old = portal.file(written_at=NOW - timedelta(days=9), activation=None)
        receive(old, by)
        assert receive(portal.file(), by).is_new
        after = kept()
        assert len(after) == 1
        with pytest.raises(RuleBroken, match="newer file of Eastmoor for these months"):
            receive(old, by)
        with pytest.raises(RuleBroken, match="newer file"):
            receive(portal.file(activation=None), by)  # of the same moment
        assert kept() == after

    def test_other_months_and_other_trusts_stand_beside_it(
        self, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        receive(portal.file(), by)
        receive(portal.file(since=date(2025, 7, 1)), by)
        other = OtherPortal()
        operations.add_partner(name="Westvale", public_key=other.public_key, by=by, now=NOW)
        receive(other.file(), by)
        assert PartnerFigures.objects.count() == 3
        assert [str(span) for span in queries.spans()] == [
            "June 2025 to May 2026",
            "July 2025 to May 2026",
        ]

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (lambda p: p.file().replace(b"17", b"18"), "The signature does not fit"),
            (lambda p: p.signed({**p.said(), "schema": 0}), "older form"),
            (lambda p: p.signed({**p.said(), "schema": 2}), "newer form"),
            (lambda p: json.dumps(p.said()).encode(), "not signed"),
            (lambda p: OtherPortal().file(), "signed by none of your partners"),
            (lambda p: p.file() + b" " * files.LARGEST, "too large"),
            (lambda p: b"<xml/>", "not a file of figures"),
            (lambda p: p.signed({**p.said(), "definitions": {}}), "other definitions"),
            (lambda p: p.file(written_at=NOW + timedelta(days=1)), "written in the future"),
        ],
    )
    def test_wrong_file_is_refused_in_words_and_nothing_is_kept(
        self,
        client_as: Any,
        partner: Partner,
        portal: OtherPortal,
        wrong: Any,
        words: str,
    ) -> None:
        client = client_as("quality_lead")
        before = actions()
        sent = {"file": SimpleUploadedFile("figures.json", wrong(portal))}
        response = client.post("/figures/partners/receive/", sent)
        assert response.status_code == 200
        assert words in response.content.decode()
        assert not PartnerFigures.objects.exists()
        assert actions() == before

    def test_own_file_is_refused(self, by: Any) -> None:
        operations.make_key(by=by, now=NOW)
        own = operations.share_figures(since=SINCE, until=UNTIL, today=TODAY, by=by, now=NOW)
        with pytest.raises(RuleBroken, match="your own portal’s file"):
            receive(own, by)

    def test_file_signed_with_a_key_that_was_replaced_is_refused(
        self, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        operations.change_partner(
            partner=partner, name="Eastmoor", public_key=OtherPortal().public_key, by=by, now=NOW
        )
        with pytest.raises(RuleBroken, match="signed by none"):
            receive(portal.file(), by)

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_leave_the_newer_one(
        self, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        old = portal.file(written_at=NOW - timedelta(days=1))
        new = portal.file()
        race(lambda: receive(old, by), lambda: receive(new, by))
        assert PartnerFigures.objects.get().written_at == NOW - timedelta(minutes=1)

    def test_figures_that_count_otherwise_by_now_are_left_out(
        self, client_as: Any, partner: Partner, portal: OtherPortal, by: Any, monkeypatch: Any
    ) -> None:
        receive(portal.file(), by)
        monkeypatch.setattr("insights.partnership.content.definitions", lambda: {"coverage": 9})
        text = client_as("observer").get("/figures/partners/compare/").content.decode()
        assert "it counts by other definitions: Eastmoor. Ask for a new file." in text


class TestSharing:
    def test_counts_are_those_of_the_months_by_setting(self, by: Any) -> None:
        prison = make.ServiceFactory(setting="prison", name="Northgate")
        mark(completed(date(2025, 6, 1), service=prison))
        mark(completed(date(2026, 5, 31), lxr={}))
        mark(completed(date(2025, 5, 31), lxr={}))
        mark(completed(date(2026, 6, 1), lxr={}))
        content = own_content(SINCE, UNTIL, today=TODAY, now=NOW)
        assert content.by_setting == {
            "community": Share(1, 1),
            "inpatient": Share(0, 0),
            "secure": Share(0, 0),
            "prison": Share(0, 1),
        }
        assert content.as_at == TODAY

    @pytest.mark.parametrize(
        ("been", "waiting", "shown"),
        [(5, 5, Share(5, 10)), (4, 6, None), (6, 4, None), (5, 0, Share(5, 5)), (0, 0, None)],
    )
    def test_few_people_are_left_out_before_it_is_signed(
        self, by: Any, been: int, waiting: int, shown: Share | None
    ) -> None:
        people = [trained(TODAY - timedelta(days=60)) for _ in range(been + waiting)]
        for person in people[:been]:
            put_on(completed(TODAY - timedelta(days=5)), reviewer=person)
        operations.make_key(by=by, now=NOW)
        document = operations.share_figures(since=SINCE, until=UNTIL, today=TODAY, by=by, now=NOW)
        assert files.read(document).content().activation == shown

    def test_no_name_of_anything_is_in_the_file(self, by: Any) -> None:
        review = completed(date(2026, 5, 1), lxr={})
        reviewer = review.team.first().reviewer
        operations.make_key(by=by, now=NOW)
        text = operations.share_figures(
            since=SINCE, until=UNTIL, today=TODAY, by=by, now=NOW
        ).decode()
        for name in (
            review.reference, review.service.name, review.service.directorate.name,
            review.service.site.name, reviewer.first_name, reviewer.last_name, by.name, by.email,
        ):  # fmt: skip
            assert name
            assert name not in text

    def test_is_recorded_with_its_months_and_needs_a_key(self, by: Any) -> None:
        given: dict[str, Any] = {"since": SINCE, "until": UNTIL, "today": TODAY, "now": NOW}
        with pytest.raises(RuleBroken, match="no key yet"):
            operations.share_figures(**given, by=by)
        operations.make_key(by=by, now=NOW)
        operations.share_figures(**given, by=by)
        event = Event.objects.latest("pk")
        assert (event.action, event.why, event.actor_id) == (
            "shared figures", "2025-06 to 2026-05", by.pk,
        )  # fmt: skip


class TestPages:
    def test_page_shows_all_that_goes_into_the_file_and_the_file_holds_it(
        self, client_as: Any, by: Any
    ) -> None:
        mark(completed(date(2026, 5, 1), lxr={}))
        client = client_as("quality_lead")
        client.post("/figures/partners/key/")
        months = {"since": "2025-06", "until": "2026-05"}
        page = client.get("/figures/partners/share/", months)
        assert ("Coverage, all kinds of service", "1 of 1 (100.0%)") in page.context["rows"]
        assert page.context["rows"][-1][1] == "not shown"
        response = client.get("/figures/partners/share/file/", months)
        assert response["Content-Disposition"] == (
            'attachment; filename="lxr-figures-2025-06-to-2026-05.json"'
        )
        signed = files.read(response.content)
        signed.check_signature()
        assert signed.signed_by == SigningKey.objects.get().public_key
        assert signed.content().coverage == Share(1, 1)

    def test_months_that_cannot_be_are_an_error(self, client_as: Any, by: Any) -> None:
        client = client_as("quality_lead")
        months = {"since": "2026-05", "until": "2025-06"}
        assert (
            "There is a problem" in client.get("/figures/partners/share/", months).content.decode()
        )
        response = client.get("/figures/partners/share/file/", months)
        assert response["Location"] == "/figures/partners/share/"

    def test_file_without_a_key_leads_to_making_one(self, client_as: Any, by: Any) -> None:
        response = client_as("quality_lead").get("/figures/partners/share/file/", follow=True)
        assert "This portal has no key yet. Make it first." in response.content.decode()

    def test_comparison_has_the_setting_that_was_chosen(
        self, client_as: Any, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        mark(completed(date(2026, 5, 1), lxr={}))
        receive(portal.file(), by)
        client = client_as("observer")
        everything = client.get("/figures/partners/compare/").context["coverage"].funnel
        assert [str(row.trust.share) for row in everything.rows] == [
            "1 of 1 (100.0%)", "17 of 21 (81.0%)",
        ]  # fmt: skip
        prison = client.get("/figures/partners/compare/?setting=prison").context["coverage"]
        assert [str(row.trust.share) for row in prison.funnel.rows] == ["none yet", "0 of 2 (0.0%)"]
        assert prison.svg is None

    def test_nonsense_in_the_address_shows_the_usual_months(
        self, client_as: Any, partner: Partner, portal: OtherPortal, by: Any
    ) -> None:
        receive(portal.file(), by)
        response = client_as("observer").get("/figures/partners/compare/?period=x&setting=y")
        assert str(response.context["span"]) == "June 2025 to May 2026"
        assert "There is a problem" in response.content.decode()

    def test_without_a_file_the_page_says_what_to_do(self, client_as: Any, trust: Any) -> None:
        lead = client_as("quality_lead").get("/figures/partners/compare/").content.decode()
        observer = client_as("observer").get("/figures/partners/compare/").content.decode()
        assert "Add a trust as a partner" in lead
        assert "A quality lead brings them in" in observer
        assert '/figures/partners/"' not in observer


class TestCommand:
    def test_writes_the_file_and_says_who_signed_it(self, by: Any, tmp_path: Any) -> None:
        said = StringIO()
        path = tmp_path / "figures.json"
        call_command(
            "share_figures", "--since", "2025-06", "--until", "2026-05", "--to", str(path),
            stderr=said,
        )  # fmt: skip
        signed = files.read(path.read_bytes())
        signed.check_signature()
        assert (signed.content().since, signed.content().until) == (SINCE, UNTIL)
        assert SigningKey.objects.get().public_key in said.getvalue()

    def test_without_months_it_is_the_last_12_that_ended(self, by: Any) -> None:
        out = StringIO()
        call_command("share_figures", stdout=out, stderr=StringIO())
        content = files.read(out.getvalue().encode()).content()
        assert (content.since, content.until) == (SINCE, UNTIL)

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            (["--since", "2026-13"], "2026-13 is no month"),
            (["--since", "2026-06"], "--since 2026-06 is after --until 2026-05"),
            (["--until", "2026-07"], "--until 2026-07 has not begun"),
            (["--to", "/no/such/folder/x.json"], "cannot be written"),
        ],
    )
    def test_what_cannot_be_is_said(self, by: Any, asked: list[str], words: str) -> None:
        with pytest.raises(CommandError, match=words):
            call_command("share_figures", *asked, stdout=StringIO(), stderr=StringIO())
