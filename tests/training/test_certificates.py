"""Certificates: who gets one, what stands on it, and that everybody can read it."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from organisation.queries import trust_settings
from tests import factories as make
from training.certificates import certificates
from training.queries import certified_places

pytestmark = pytest.mark.django_db


def attended(**fields: Any) -> Any:
    """A place at a session; ``fields`` are the session's, unless they say otherwise."""
    reviewer = make.ReviewerFactory(first_name="Ada", last_name="Okoro", reference="LXR-A77")
    session = make.SessionFactory(**{"venue": "Market House", **fields})
    session.staff_facilitators.add(make.StaffFactory(name="Kim Shaw"))
    session.co_facilitators.add(make.ReviewerFactory(first_name="Ben", last_name="Ford"))
    return make.PlaceFactory(session=session, reviewer=reviewer, outcome="attended")


def read(document: bytes) -> Any:
    return PdfReader(io.BytesIO(document))


def words(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def test_what_stands_on_it(trust: Any) -> None:
    version = make.CourseVersionFactory(course__name="LXR workshop")
    place = attended(version=version, title="Workshop in May")
    document = certificates(certified_places(), trust=trust_settings())
    said = words(document)
    day = f"{place.session.held_on:%-d %B %Y}"
    assert "This is to say that Ada Okoro" in said
    assert f"took part in LXR workshop on {day}, at Market House." in said
    assert "The training was led by Kim Shaw and Ben Ford." in said
    assert "LXR-A77" not in said


def test_session_without_a_version_stands_by_its_title(trust: Any) -> None:
    attended(title="Workshop in May", venue="")
    said = words(certificates(certified_places(), trust=trust_settings()))
    assert "took part in Workshop in May on" in said
    assert ", at" not in said


def test_everybody_can_read_it(trust: Any) -> None:
    attended()
    found = read(certificates(certified_places(), trust=trust_settings()))
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(found.trailer["/Root"]["/Lang"]).startswith("en")
    assert found.metadata.title == "Certificate of training: Ada Okoro"


def test_signs_that_look_like_markup_stay_signs(trust: Any) -> None:
    place = attended(venue="#pagebreak() *Hall*")
    place.reviewer.last_name = "O*Koro #1"
    place.reviewer.save()
    document = certificates(certified_places(), trust=trust_settings())
    assert "Ada O*Koro #1" in words(document)
    assert "at #pagebreak() *Hall*." in words(document)
    assert len(read(document).pages) == 1


@pytest.mark.parametrize(
    ("fields", "is_given"),
    [
        ({"kind": "workshop"}, True),
        ({"kind": "staff"}, True),
        ({"kind": "refresher"}, True),
        ({"kind": "pilot"}, False),
    ],
)
def test_for_which_sessions_one_is_given(trust: Any, fields: Any, is_given: bool) -> None:
    attended(**fields)
    assert certified_places().exists() is is_given


def test_who_did_not_come_gets_none(trust: Any) -> None:
    make.PlaceFactory(outcome="did not attend")
    make.PlaceFactory(outcome="booked")
    assert not certified_places().exists()


class TestPages:
    def test_own_certificate_from_my_training(self, client_as: Any, trust: Any) -> None:
        place = attended()
        client = client_as(place.reviewer.user)
        address = f"/me/training/places/{place.pk}/certificate/"
        assert address in client.get("/me/training/").content.decode()
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
        assert "no-store" in answer["Cache-Control"]
        assert "Ada Okoro" in words(answer.content)

    def test_pilot_offers_none(self, client_as: Any, trust: Any) -> None:
        place = attended(kind="pilot")
        client = client_as(place.reviewer.user)
        assert "certificate" not in client.get("/me/training/").content.decode()
        assert client.get(f"/me/training/places/{place.pk}/certificate/").status_code == 404

    def test_all_of_a_session_print_together(self, client_as: Any, trust: Any) -> None:
        place = attended()
        make.PlaceFactory(session=place.session, outcome="attended")
        make.PlaceFactory(session=place.session, outcome="did not attend")
        client = client_as(make.UserFactory(roles=["coordinator"]))
        page = client.get(f"/training/{place.session_id}/").content.decode()
        address = f"/training/{place.session_id}/certificates/"
        assert address in page
        assert page.count("Certificate (PDF)") == 2
        assert len(read(client.get(address).content).pages) == 2
        empty = make.SessionFactory()
        assert client.get(f"/training/{empty.pk}/certificates/").status_code == 404
