"""Guidance with an Easy Read version is read on a phone; a new version asks again."""

import pytest
from playwright.sync_api import Page, expect

from reviewers.models import AccessNeed
from tests.factories import PDF, ReviewerFactory, UserFactory
from tests.nets.browser import fits
from training.models import Reading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page: Page, name: str, content: bytes = PDF) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )


def test_guidance_is_published_read_and_read_again(browser_as, width, trust):
    # Given somebody who needs Easy Read
    lxr = ReviewerFactory()
    AccessNeed.objects.create(reviewer=lxr, kind="easy read")
    staff = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator sends something that is not what it says, then the guidance itself
    staff.goto("/training/library/")
    staff.get_by_role("button", name="Add a document").click()
    staff.get_by_label("Title").fill("If something upsets you")
    staff.get_by_label("What it is about").fill("Whom to talk to, and how we help.")
    staff.get_by_label("Everyone from training on").check()
    choose(staff, "guidance.pdf", b"MZ\x90\x00 not a document")
    staff.get_by_role("button", name="Add this document").click()
    expect(staff.get_by_text("This file is not what its name says.").first).to_be_visible()
    expect(staff.get_by_label("Title")).to_have_value("If something upsets you")
    choose(staff, "guidance.pdf")
    staff.get_by_role("button", name="Add this document").click()
    staff.get_by_role("button", name="Add large print or Easy Read").click()
    staff.get_by_label("Easy Read").check()
    choose(staff, "guidance-easy-read.pdf")
    staff.get_by_role("button", name="Add this format").click()
    expect(staff.get_by_text("0 of 1")).to_be_visible()
    assert fits(staff)

    # And the person reads it on their phone, in the format they need first
    phone = browser_as(lxr.user, width=width)
    phone.goto("/me/training/")
    phone.get_by_role("link", name="Things to read").click()
    phone.get_by_role("link", name="If something upsets you").click()
    with phone.expect_download() as download:
        phone.locator("main li a").first.click()
    assert download.value.suggested_filename == "guidance-easy-read.pdf"
    assert fits(phone)
    phone.get_by_role("button", name="I have read this").click()
    expect(phone.get_by_text("Thank you. You have read “If something upsets you”.")).to_be_visible()
    expect(phone.get_by_text("There is nothing you have to read now.")).to_be_visible()

    # Then a new version asks again, and the old one is still there
    staff.get_by_role("button", name="Publish a new version").click()
    staff.get_by_label("What changed?").fill("A new number to ring.")
    choose(staff, "guidance-2.pdf")
    staff.get_by_role("button", name="Publish this version").click()
    expect(staff.get_by_role("heading", name="Older versions")).to_be_visible()
    phone.goto("/me/reading/")
    expect(phone.get_by_text("You read version 1. There is a new one.")).to_be_visible()
    phone.get_by_role("link", name="If something upsets you").click()
    expect(phone.get_by_text("What changed: A new number to ring.")).to_be_visible()
    phone.get_by_role("button", name="I have read this").click()
    expect(phone.get_by_text("Thank you.")).to_be_visible()
    assert Reading.objects.count() == 2
