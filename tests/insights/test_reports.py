"""The board report: the published figures, a draft, and from its approval the same bytes."""

import io
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from pypdf import PdfReader

import programme.demo
from audit.models import Event
from feedback.operations import change_permission
from feedback.queries import quotes
from insights.operations import mark_differences
from insights.periods import Period
from insights.reports import operations, policies, setting
from insights.reports.content import count, from_kept
from insights.reports.models import BoardReport
from insights.reports.operations import page_digest
from jobs import operations as jobs
from jobs.models import Job
from organisation.queries import trust_settings
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW
from tests.insights.programmes import completed
from tests.insights.reading import read, token

pytestmark = pytest.mark.django_db
PROGRAMME = Path(programme.demo.__path__[0])
EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
MAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lead(trust: Any) -> Any:
    return make.UserFactory(roles=["quality_lead"], name="Jo Lane")


@pytest.fixture
def draft(lead: Any) -> BoardReport:
    """A draft of May with one miss, with words and a quote."""
    completed(MAY, lxr={})
    completed(MAY)
    mark_differences()
    report, _ = operations.start_report(since=MAY, until=MAY, by=lead, now=NOW)
    work()
    words = {"headline": "One of two.", "done": "We asked more people.", "actions": "Train two"}
    operations.write_report(report=report, words=words, by=lead, now=NOW)
    make.AnswerFactory(comment="They listened.", quote_as="role", comment__approved_at=NOW)
    operations.use_quote(report=report, quote=quotes().get(), by=lead, now=NOW)
    return BoardReport.objects.get()


def work() -> Job:
    """A worker does the work that waits."""
    job = Job.objects.unfinished().get()
    jobs.run(job_id=job.pk, clock=lambda: NOW)
    job.refresh_from_db()
    return job


def ask_to_approve(report: BoardReport, by: Any) -> None:
    operations.ask_to_approve(report=report, read=page_digest(report), by=by, now=NOW)


def withdraw() -> None:
    answer = quotes().get().answer
    change_permission(answer=answer, quote_as="no", by=None, now=NOW)


def text_of(document: bytes) -> str:
    """The words of a PDF, however its lines were broken."""
    pages = PdfReader(io.BytesIO(document)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_published_figures_are_the_same_on_page_pdf_api_and_command(trust: Any) -> None:
    call_command("import_programme", str(PROGRAMME), stdout=StringIO())
    out = StringIO()
    days = ("--since", "2024-03-01", "--as-at", "2025-05-22")
    call_command("figures", *days, stdout=out)
    rows = read("/coverage", token()[1], since="2024-03", until="2025-05")["rows"]
    api = [row for row in rows if row["figure"] == "coverage"]
    covered = [sum(row[part] for row in api) for part in ("numerator", "denominator")]

    content = from_kept(count(Period(date(2024, 3, 1), date(2025, 5, 22)), NOW.date()))
    words = setting.Words("Board report", "March 2024 to May 2025", "Good", "Asked", (), ())
    page = setting.as_page(words, content)
    pdf = text_of(
        setting.as_pdf(words, content, team="Team", approval=setting.Approval("Jo Lane", NOW))
    )

    def said(share: dict[str, Any]) -> str:
        return f"{share['numerator']} of {share['denominator']} ({share['percent']}%)"

    assert covered == [EXPECTED["coverage"]["numerator"], EXPECTED["coverage"]["denominator"]]
    for figure in ("coverage", "completed_a_review_after_training"):
        for place in (page, pdf, out.getvalue()):
            assert said(EXPECTED[figure]) in place
    for name, share in EXPECTED["coverage_by_directorate"].items():
        for place in (page, pdf, out.getvalue()):
            assert said(share) in place, name
    for source in ("team", "quality"):
        mean = f"{EXPECTED['impact'][source]['mean']:.2f} out of 10"
        for place in (page, pdf, out.getvalue()):
            assert mean in place, source
    # The pilot's four attendees could be singled out, and so could what a total leaves
    section = next(each for each in content.sections if each.key == "people")
    sessions = section.charts[0].table.rows
    attended = {row[0].words.split(",")[0]: row[2].words for row in sessions}
    assert attended == {
        code: str(n) if n >= 5 else "not shown"
        for code, n in EXPECTED["attendees_per_session"].items()
    }


def test_a_reason_that_names_checks_is_told_as_another(trust: Any) -> None:
    review = completed(MAY)
    review.gap_reason = review.GapReason.CHECKS_OR_ACCESS
    review.save()
    mark_differences()
    kept = json.dumps(count(Period(MAY, date(2026, 5, 31)), NOW.date()))
    assert "Another reason" in kept
    assert "Checks or site access" not in kept


def rated(audience: str, *ratings: int) -> None:
    for rating in ratings:
        make.AnswerFactory(review=completed(MAY, lxr={}), audience=audience, impact=rating)


def test_impact_is_told_by_how_many_gave_each_rating_few_of_them_together(trust: Any) -> None:
    rated("team", *[9] * 5, *[10] * 6, 2)
    rated("quality", 3, 8)
    mark_differences()
    content = from_kept(count(Period(MAY, date(2026, 5, 31)), NOW.date()))
    words = setting.Words("Board report", "May 2026", "Good", "Asked", (), ())
    page = setting.as_page(words, content)
    pdf = text_of(
        setting.as_pdf(words, content, team="Team", approval=setting.Approval("Jo Lane", NOW))
    )

    section = next(each for each in content.sections if each.key == "impact")
    _, team, quality = section.charts
    assert [[cell.words for cell in row] for row in team.table.rows] == [
        ["0 to 9", "6", "6 of 12 (50.0%)"],
        ["10", "6", "6 of 12 (50.0%)"],
    ]
    assert quality.table.rows == []
    for place in (page, pdf):
        assert "Impact: reviewed services: 12 ratings, 8.92 on average" in place
        assert "Impact: quality team: small numbers are not shown" in place


def test_report_says_of_a_run_longer_than_chance_explains_when_it_was(
    trust: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        completed(MAY + timedelta(days=number), **({"lxr": {}} if 10 <= number < 19 else {}))
    mark_differences()

    def told() -> Any:
        content = from_kept(count(Period(MAY, date(2026, 5, 31)), NOW.date()))
        section = next(each for each in content.sections if each.key == "change")
        return section.charts[0].finding, section.lead

    assert told() == (
        (
            "Better than chance explains: 9 covered reviews in a row until 20 May 2026. "
            "Now 0 covered reviews in a row so far"
        ),
        "Over all completed reviews so far, not of these months alone.",
    )
    monkeypatch.setattr("insights.change.MOST_REVIEWS", 15)
    assert told()[1] == "Over the latest 15 completed reviews, not of these months alone."


def test_document_is_tagged_and_set_the_same_twice(draft: BoardReport, lead: Any) -> None:
    ask_to_approve(draft, lead)
    assert work().progress == 100

    report = BoardReport.objects.get()
    root: Any = PdfReader(io.BytesIO(report.document)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert PdfReader(io.BytesIO(report.document)).metadata.title == "Board report, May 2026"
    text = text_of(report.document)
    for words in (
        "1 of 2 (50.0%)",
        "We asked more people.",
        "Train two",
        "Jo Lane approved this report on 10 June 2026.",
        "“They listened.” – a member of staff at a community service, 2026",
    ):
        assert words in text
    again = setting.as_pdf(
        operations.words_now(report),
        from_kept(report.figures),
        team=trust_settings().team_name,
        approval=setting.Approval("Jo Lane", NOW),
    )
    assert again == bytes(report.document)


def test_approved_bytes_stay_when_an_author_takes_back_their_words(
    draft: BoardReport, lead: Any, client_as: Any
) -> None:
    ask_to_approve(draft, lead)
    work()
    kept = BoardReport.objects.get()
    page, document = bytes(kept.page), bytes(kept.document)
    assert (kept.page_digest, kept.document_digest) == tuple(
        map(setting.digest_of, (page, document))
    )

    withdraw()

    assert not quotes().exists()
    observer = client_as("observer")
    shown = observer.get(f"/figures/reports/{kept.pk}/").content
    assert page in shown
    assert b"They listened." in shown
    answer = observer.get(f"/figures/reports/{kept.pk}/document/")
    assert answer.content == document
    assert answer["Content-Disposition"] == (
        'attachment; filename="board-report-2026-05-to-2026-05.pdf"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_draft_loses_words_at_once_and_what_was_read_before_is_not_approved(
    draft: BoardReport, lead: Any, client_as: Any
) -> None:
    coordinator = client_as("coordinator")
    address = f"/figures/reports/{draft.pk}/"
    assert "They listened." in coordinator.get(address).text
    read_before = page_digest(draft)

    withdraw()

    assert "They listened." not in coordinator.get(address).text
    client = client_as(lead)
    page = client.post(f"{address}approve/", {"read": read_before}, follow=True).text
    assert "an author took back their words. Nothing was approved. Read it again." in page
    assert BoardReport.objects.get().is_draft


def test_words_taken_back_while_the_pdf_is_set_stop_the_approval(
    draft: BoardReport, lead: Any, client_as: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_to_approve(draft, lead)
    set_pdf = operations.as_pdf

    def meanwhile(*given: Any, **named: Any) -> bytes:
        withdraw()
        return set_pdf(*given, **named)

    monkeypatch.setattr(operations, "as_pdf", meanwhile)
    job = work()

    assert job.state == Job.State.FAILED
    page = client_as(lead).get(f"/jobs/{job.pk}/").text
    assert "Nothing was approved. Read it again." in page
    assert f'href="/figures/reports/{draft.pk}/"' in page  # the way back to it
    report = BoardReport.objects.get()
    assert (report.is_draft, report.page, report.document) == (True, None, None)


def test_approved_report_refuses_every_change(draft: BoardReport, lead: Any) -> None:
    ask_to_approve(draft, lead)
    work()
    given = {"report": draft, "by": lead, "now": NOW}
    quote = quotes().get()
    for change in (
        lambda: operations.write_report(words={"title": "Other"}, **given),
        lambda: operations.use_quote(quote=quote, **given),
        lambda: operations.leave_out_quote(quote=quote, **given),
        lambda: operations.ask_to_count(**given),
        lambda: operations.ask_to_approve(read="x", **given),
        lambda: operations.discard_report(**given),
    ):
        with pytest.raises(RuleBroken, match="it cannot change"):
            change()
    before = bytes(BoardReport.objects.get().page)
    operations.fill(report=draft, now=NOW, progress=lambda per_cent, step: None)
    assert bytes(BoardReport.objects.get().page) == before
    # Figures may be wrong, so the same months may be reported once more
    assert operations.start_report(since=MAY, until=MAY, by=lead, now=NOW)[1]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"figures": None}, "The figures are not counted yet."),
        ({"headline": " "}, "The report has no headline yet."),
        ({"done": ""}, "Write what was done about it first."),
        ({}, ""),
    ],
)
def test_what_is_missing_is_said_before_approving(
    draft: BoardReport, missing: dict[str, Any], sentence: str
) -> None:
    for name, value in missing.items():
        setattr(draft, name, value)
    found = policies.still_to_do(draft, setting.content_of(draft))
    assert found == "" if not sentence else sentence in found


def test_asking_twice_is_one_piece_of_work(draft: BoardReport, lead: Any) -> None:
    first = operations.ask_to_count(report=draft, by=lead, now=NOW)
    assert operations.ask_to_count(report=draft, by=lead, now=NOW) == first
    with pytest.raises(RuleBroken, match="counted again"):
        ask_to_approve(draft, lead)
    work()
    counted = BoardReport.objects.get()
    ask_to_approve(counted, lead)
    ask_to_approve(counted, lead)
    work()
    assert Event.objects.filter(action="approved a board report").count() == 1


def test_a_report_has_so_many_quotes_and_none_that_may_not_be_used(
    draft: BoardReport, lead: Any
) -> None:
    refused = make.AnswerFactory(comment="No", comment__approved_at=NOW).remarks.get()
    with pytest.raises(RuleBroken, match="may not be quoted"):
        operations.use_quote(report=draft, quote=refused, by=lead, now=NOW)
    for n in range(policies.MOST_QUOTES - 1):
        answer = make.AnswerFactory(comment=f"{n}", may_quote=True, comment__approved_at=NOW)
        operations.use_quote(report=draft, quote=answer.remarks.get(), by=lead, now=NOW)
    last = make.AnswerFactory(comment="One more", may_quote=True, comment__approved_at=NOW)
    with pytest.raises(RuleBroken, match="12 quotes at most"):
        operations.use_quote(report=draft, quote=last.remarks.get(), by=lead, now=NOW)


def test_words_that_look_like_a_name_come_back_once(
    draft: BoardReport, lead: Any, client_as: Any
) -> None:
    client = client_as(lead)
    address = f"/figures/reports/{draft.pk}/words/"
    sent = {"title": "Board report", "headline": "Thanks to Dr Smith", "done": "", "actions": ""}
    assert "This looks as if it holds a name" in client.post(address, sent).text
    client.post(address, {**sent, "as_it_is": "on"})
    assert BoardReport.objects.get().headline == "Thanks to Dr Smith"


def test_an_author_looks_at_the_pdf_of_a_draft_which_says_so_and_is_kept_nowhere(
    draft: BoardReport, lead: Any, client_as: Any
) -> None:
    address = f"/figures/reports/{draft.pk}/draft/"
    response = client_as("coordinator").get(address)
    reader = PdfReader(io.BytesIO(response.content))
    assert [page.extract_text().count("Draft, not approved") for page in reader.pages] == [1] * len(
        reader.pages
    )
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Draft: ")
    text = text_of(response.content)
    assert "This is a draft. Nobody has approved it" in text
    assert "One of two." in text
    draft.refresh_from_db()
    assert (draft.is_draft, draft.document) == (True, None)
    assert client_as("observer").get(address).status_code == 404

    job = operations.ask_to_approve(report=draft, read=page_digest(draft), by=lead, now=NOW)
    work()
    job.refresh_from_db()
    draft.refresh_from_db()
    assert "Draft" not in text_of(bytes(draft.document or b""))
    assert client_as("coordinator").get(address).status_code == 404
