"""Bringing in on the server: the template, the command, and the demonstration."""

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.models import User
from organisation.models import StaffMember
from programme.importing.template import template_workbook
from reviewers.models import Reviewer
from tests.programme import files
from tests.programme.files import look_at, sheets, workbook

pytestmark = pytest.mark.django_db


def test_template_is_accepted_as_it_is():
    outcome = look_at(template_workbook())
    assert outcome.is_good
    assert len(outcome.counts) == 8


def test_command_brings_in_and_says_what_it_did(capsys):
    call_command("import_programme", str(files.DEMO), "--dry-run")
    assert Reviewer.objects.count() == 0
    call_command("import_programme", str(files.DEMO))
    assert "Reviewers         41        0          0" in capsys.readouterr().out
    call_command("import_programme", str(files.DEMO))
    assert "Reviewers          0        0         41" in capsys.readouterr().out


def test_command_says_problems_and_fails(tmp_path, capsys):
    (tmp_path / "Staff.csv").write_text("Name,Email\nLee,nowhere\n", encoding="utf-8")
    (tmp_path / "Notes.csv").write_text("x\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("import_programme", str(tmp_path))
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert "Staff, row 2, Email: “nowhere”" in said.err
    assert "Problems: 2. Nothing was stored." in said.err
    with pytest.raises(SystemExit):
        call_command("import_programme", str(tmp_path / "missing"))


def test_command_says_what_cannot_be_read(tmp_path, capsys, monkeypatch):
    path = tmp_path / "programme.xlsx"
    path.write_bytes(workbook(sheets()))

    def closed(*_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.open", closed)
    with pytest.raises(SystemExit):
        call_command("import_programme", str(path))
    assert capsys.readouterr().err == f"{path} cannot be read: Permission denied.\n"


def test_demonstration_is_loaded_once_with_an_account_for_each_role(capsys, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    call_command("load_demo")
    first = capsys.readouterr().out
    call_command("load_demo")
    assert capsys.readouterr().out == first
    assert Reviewer.objects.count() == 41
    assert User.objects.exclude(roles=["lxr"]).count() == 8
    assert StaffMember.objects.get(name="Morgan Ashe").user.roles == ["visit_lead"]


@override_settings(HOLDS_DEMONSTRATION=False)
def test_demonstration_is_refused_where_a_real_programme_is():
    with pytest.raises(CommandError, match="real programme"):
        call_command("load_demo")
    assert Reviewer.objects.count() == 0
