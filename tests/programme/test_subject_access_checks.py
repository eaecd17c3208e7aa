"""What is said of checks in a person’s own copy."""

import json
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from checks.models import Condition, SiteClearance
from reviewers.models import Reviewer
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.programme.test_subject_access import everything, rows

pytestmark = pytest.mark.django_db


class TestChecks:
    def decided(self, **fields: Any) -> Reviewer:
        check = make.DBSCheckFactory(result="disclosure")
        self.assessment = make.AssessmentFactory(check_made=check, **fields)
        return check.reviewer

    def test_decision_against_them_reads_like_none_until_they_were_told(self, trust: Any) -> None:
        waiting = self.decided()
        untold = self.decided(
            decision="not approved", decided_on=TODAY - timedelta(days=3), is_in_force=True
        )
        found = [rows(person, "checks.riskassessment") for person in (waiting, untold)]
        assert found[0] == found[1]
        assert set(found[0][0].values()) == {"With the checks team", found[0][0]["opened_on"]}
        assert "ot approved" not in json.dumps(everything(untold))

        self.assessment.told_on = TODAY
        self.assessment.save()
        [told] = rows(untold, "checks.riskassessment")
        assert (told["decision"], told["told_on"]) == ("Not approved", TODAY.isoformat())

    def test_conditions_wait_for_the_telling_too(self, trust: Any) -> None:
        person = self.decided(
            decision="approved with conditions", decided_on=TODAY, is_in_force=True
        )
        Condition.objects.create(assessment=self.assessment, not_setting="secure")
        assert rows(person, "checks.condition") == []

        self.assessment.told_on = TODAY
        self.assessment.save()
        [condition] = rows(person, "checks.condition")
        assert condition["not_setting"] == "Secure"

    def test_decision_that_waits_for_a_second_person_is_not_told(self, trust: Any) -> None:
        person = self.decided(decision="approved", decided_on=TODAY)
        [assessment] = rows(person, "checks.riskassessment")
        assert assessment["decision"] == "With the checks team"

    def test_a_decision_that_was_told_does_not_tell_of_the_next(self, trust: Any) -> None:
        told = {"decision": "approved", "decided_on": TODAY, "told_on": TODAY}
        against = {"decision": "not approved", "decided_on": TODAY, "is_in_force": True}
        replaced = {"is_in_force": False, "replaced_at": NOW}
        asked_again = self.decided(**told, approved_until=TODAY, is_in_force=True)
        make.AssessmentFactory(check_made=self.assessment.check_made, round=2)
        refused = self.decided(**told, approved_until=TODAY, **replaced)
        second = make.AssessmentFactory(check_made=self.assessment.check_made, round=2, **against)

        found = [rows(person, "checks.riskassessment") for person in (asked_again, refused)]
        assert found[0] == found[1]
        first = found[0][0]
        assert (first["decision"], first["told_on"]) == ("Approved", TODAY.isoformat())
        assert (first["is_in_force"], first["replaced_at"]) == ("With the checks team",) * 2

        second.told_on = TODAY
        second.save()
        [first, second] = rows(refused, "checks.riskassessment")
        assert (first["is_in_force"], second["decision"]) == (False, "Not approved")

    def test_limit_of_a_site_reads_like_no_answer_until_they_were_told(self, trust: Any) -> None:
        site, asked_on = make.SiteFactory(), TODAY - timedelta(days=40)
        people = []
        for rung in ("in progress", "escorted only", "not at this site for now"):
            decided = {} if rung == "in progress" else {"decided_by": "Governor"}
            stands = SiteClearance.objects.create(
                reviewer=make.ReviewerFactory(), site=site, rung=rung, applied_on=asked_on,
                decided_on=TODAY if decided else None, **decided,
            )  # fmt: skip
            people.append(stands.reviewer)

        pending, escorted, refused = (rows(each, "checks.siteclearance") for each in people)
        assert pending == escorted == refused
        assert (refused[0]["rung"], refused[0]["decided_on"]) == ("With the checks team",) * 2
        assert "Governor" not in json.dumps(everything(people[2]))

        people[1].clearances.update(told_on=TODAY)
        [told] = rows(people[1], "checks.siteclearance")
        assert (told["rung"], told["decided_on"]) == ("Escorted only", TODAY.isoformat())

    def test_what_was_done_says_no_step_towards_a_decision(self, trust: Any) -> None:
        person = self.decided()
        for action in ("decided a risk assessment", "told the person"):
            Event.objects.create(
                at=NOW, action=action, object_type="checks.riskassessment",
                object_id=str(self.assessment.pk), person_id=person.pk,
            )  # fmt: skip
        assert [each["action"] for each in rows(person, "audit.event")] == [
            "The checks team worked on your checks"
        ] * 2
