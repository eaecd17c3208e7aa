"""Messages: switched on after a look, rung and posted by hand, put right when they fail."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from notifications.delivery import deliver
from notifications.models import Message
from organisation.models import TrustSettings
from tests.factories import ServiceFactory, UserFactory
from tests.notifications.conftest import mail_server, waiting

__all__ = ["mail_server", "waiting"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ring_somebody_and_post_a_letter(browser_as, width, trust, waiting):
    # Given somebody who likes to be rung and somebody who likes post
    now = timezone.now() - timedelta(minutes=5)
    call = {"channel": "phone", "recipient_name": "Pip Phone", "address": "07700 900001"}
    letter = {"channel": "post", "recipient_name": "Pat Post", "address": "3 Mill Lane"}
    for each in (call, letter):
        waiting(**each, queued_at=now, due_at=now)
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator rings the one
    page.goto("/messages/")
    page.get_by_role("link", name="Calls to make").click()
    expect(page.get_by_text("Please say if you can come.")).to_be_visible()
    page.get_by_role("button", name="I spoke to them Pip Phone").click()

    # Then the call is off the list
    expect(page.get_by_text("The call is recorded.")).to_be_visible()
    expect(page.get_by_text("Nobody to ring now.")).to_be_visible()

    # When they print and post the letter
    page.get_by_role("link", name="See letters to post").click()
    page.emulate_media(media="print")
    expect(page.get_by_text("3 Mill Lane")).to_be_visible()
    expect(page.get_by_role("button", name="Mark as posted Pat Post")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Mark as posted Pat Post").click()

    # Then nothing is left to do by hand
    expect(page.get_by_text("No letters to post now.")).to_be_visible()
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_put_an_address_right_and_send_again(browser_as, width, trust, waiting, mail_server):
    # Given an email to an address that the mail server refused
    now = timezone.now() - timedelta(minutes=5)
    mail_server.refusals["sma@example.org"] = "550 no such user"
    waiting(address="sma@example.org", queued_at=now, due_at=now)
    deliver(clock=timezone.now)
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When the coordinator puts the address right
    page.goto("/messages/")
    page.get_by_role("link", name="Messages that could not be sent").click()
    page.get_by_role("link", name="Visit with the quality team").click()
    expect(page.get_by_text("The mail server does not take this address.")).to_be_visible()
    page.get_by_label("Email address").fill("sam@example.org")
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("The message will be sent again within a minute.")).to_be_visible()
    deliver(clock=timezone.now)

    # Then it arrives
    page.reload()
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible()
    assert mail_server.addresses() == ["sam@example.org"]


def test_switch_sending_on(browser_as, width, db):
    # Given a portal that sends nothing yet
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When the coordinator looks at what would go and switches sending on
    page.goto("/messages/")
    page.get_by_role("link", name=re.compile("See what would go")).click()
    expect(page.get_by_role("heading", name="What would go")).to_be_visible()
    page.get_by_role("button", name="Switch sending on").click()

    # Then it is on
    expect(page.get_by_text("Sending is on since")).to_be_visible()
    assert TrustSettings.objects.get().sending_on_since is not None


def test_give_a_service_a_contact(browser_as, width, trust):
    # Given a service where nobody can be asked
    ServiceFactory(name="Oak Ward")
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When the coordinator adds somebody
    page.goto("/settings/services/?contact=none")
    page.get_by_role("link", name="Oak Ward").click()
    page.get_by_role("button", name="Add a contact").click()
    page.get_by_label("Name").fill("Jo Park")
    page.get_by_label("Email address").fill("jo@trust.example.org")
    page.get_by_role("button", name="Save contact").click()

    # Then the service has a contact
    expect(page.get_by_text("Jo Park is added.")).to_be_visible()
    page.goto("/settings/services/?contact=none")
    expect(page.get_by_text("No services here.")).to_be_visible()
