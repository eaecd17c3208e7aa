"""A focus group proposes, votes and agrees; what it agreed becomes the next set of questions."""

from datetime import timedelta

import pytest

from audit.models import Event
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.races import race
from training.models import FocusGroup, Framework, ProposedQuestion, QuestionSet
from training.operations import questions as operations
from training.queries import questions as queries

pytestmark = pytest.mark.django_db
LAST_WEEK = TODAY - timedelta(days=7)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def framework(by):
    lines = "Safe: Clean; Calm\nCaring: Kind"
    return operations.add_framework(name="Ours", version="1", lines=lines, by=by, now=NOW)


@pytest.fixture
def group(framework):
    return make.FocusGroupFactory(framework=framework, users=11, carers=3, staff=1)


def key(framework, name):
    return framework.key_questions.get(name=name)


def propose(group, by, name, *words):
    return operations.propose(
        group=group, key_question=key(group.framework, name), words=words, by=by, now=NOW
    )


def vote(group, by, votes, *agreed):
    """``votes`` by the words of a question."""
    ids = {each.words: each.pk for each in group.questions.all()}
    operations.record_votes(
        group=group,
        votes={ids[words]: number for words, number in votes.items()},
        agreed={ids[words] for words in agreed},
        by=by,
        now=NOW,
    )


def make_set(group, by, **given):
    given = {"keep": [], "cycle": None, "made_on": LAST_WEEK, "why": "They asked"} | given
    return operations.make_set(group=group, by=by, now=NOW, **given)


def asked(question_set):
    return [(each.key_question.name, each.words) for each in question_set.questions.all()]


def details(group, **given):
    names = ("title", "framework", "began_on", "ended_on", "meetings", "users", "carers", "staff")
    return {name: getattr(group, name) for name in names} | given


def refused(call, **given):
    with pytest.raises(RuleBroken) as broken:
        call(**given)
    return str(broken.value)


def kept_change(**given):
    change = {
        "about": "questions", "course": None, "title": "Ask about food", "stage": "acted",
        "outcome": "adopt", "decision": "Keep it", "done_on": LAST_WEEK, "studied_on": LAST_WEEK,
        "acted_on": LAST_WEEK,
    }  # fmt: skip
    return make.CycleFactory(**change | given)


class TestFromProposalToSet:
    def test_what_the_group_agreed_becomes_version_1(self, by, framework, group):
        assert propose(group, by, "Caring", "Are staff kind?") == 1
        assert propose(group, by, "Safe", "Is it clean?", "Is it calm?", "Is it loud?") == 3
        vote(
            group, by,
            {"Is it clean?": 4, "Is it calm?": 9, "Is it loud?": 1, "Are staff kind?": None},
            "Is it clean?", "Is it calm?", "Are staff kind?",
        )  # fmt: skip
        calm = group.questions.get(words="Is it calm?")
        operations.change_proposed(
            question=calm,
            words="Is it calm at night?",
            key_question=calm.key_question,
            statements=[calm.key_question.statements.get(name="Calm")],
            by=by,
            now=NOW,
        )

        made = make_set(group, by)

        assert (made.number, made.group, made.framework) == (1, group, framework)
        assert asked(made) == [
            ("Safe", "Is it calm at night?"),
            ("Safe", "Is it clean?"),
            ("Caring", "Are staff kind?"),
        ]
        assert [str(each) for each in made.questions.first().statements.all()] == ["Calm"]
        assert [event.action for event in Event.objects.order_by("pk")] == [
            "added a framework",
            "wrote down questions a focus group proposed",
            "wrote down questions a focus group proposed",
            "recorded what a focus group agreed",
            "changed a question a focus group proposed",
            "made a set of questions",
        ]

    def test_statements_that_nothing_asks_about_are_named(self, by, framework, group):
        propose(group, by, "Safe", "Is it calm?")
        question = group.questions.get()
        calm = question.key_question.statements.get(name="Calm")
        question.statements.set([calm])
        vote(group, by, {"Is it calm?": 9}, "Is it calm?")

        found = queries.grouped(make_set(group, by))

        assert [(str(each.key_question), [str(n) for n in each.not_asked]) for each in found] == [
            ("Safe", ["Clean"]),
            ("Caring", ["Kind"]),
        ]

    def test_the_next_set_keeps_what_is_ticked_of_the_one_before(self, by, framework, group):
        propose(group, by, "Safe", "Is it clean?", "Is it calm?")
        vote(group, by, {"Is it clean?": 2, "Is it calm?": 1}, "Is it clean?", "Is it calm?")
        first = make_set(group, by)
        later = make.FocusGroupFactory(framework=framework)
        propose(later, by, "Safe", "Is it quiet?", "is it CLEAN?")
        vote(later, by, {"Is it quiet?": 5, "is it CLEAN?": 1}, "Is it quiet?", "is it CLEAN?")

        second = make_set(later, by, keep=list(first.questions.filter(words="Is it clean?")))

        # The group's own words stand, once.
        assert asked(second) == [("Safe", "Is it quiet?"), ("Safe", "is it CLEAN?")]
        assert second.number == 2
        changes = queries.changes(first, second)
        assert changes.new == ["Is it quiet?", "is it CLEAN?"]
        assert changes.gone == ["Is it clean?", "Is it calm?"]
        assert asked(first) == [("Safe", "Is it clean?"), ("Safe", "Is it calm?")]

    def test_a_set_by_another_framework_keeps_nothing(self, by, group):
        propose(group, by, "Safe", "Is it clean?")
        vote(group, by, {"Is it clean?": 2}, "Is it clean?")
        first = make_set(group, by)
        other = make.FocusGroupFactory()
        make.ProposedQuestionFactory(group=other, is_agreed=True, words="Are you safe?")

        assert list(queries.may_be_kept(other)) == []
        second = make_set(other, by, keep=list(first.questions.all()))
        assert asked(second) == [("Safe", "Are you safe?")]

    def test_making_it_again_is_the_one_that_is_there(self, by, group):
        propose(group, by, "Safe", "Is it clean?")
        vote(group, by, {"Is it clean?": 2}, "Is it clean?")
        assert make_set(group, by) == make_set(group, by, why="Again")
        assert QuestionSet.objects.count() == 1

    def test_it_says_which_change_led_to_it_once(self, by, group):
        cycle = kept_change()
        assert list(queries.cycles_for_a_set()) == [cycle]
        propose(group, by, "Safe", "Is it clean?")
        vote(group, by, {"Is it clean?": 2}, "Is it clean?")
        assert make_set(group, by, cycle=cycle).cycle == cycle

        assert list(queries.cycles_for_a_set()) == []
        other = make.ProposedQuestionFactory(is_agreed=True).group
        assert refused(make_set, group=other, by=by, cycle=cycle) == (
            "“Ask about food” has led to a set of questions already."
        )

    @pytest.mark.parametrize(
        "given",
        [
            {"about": "course", "course": "a course"},
            {"outcome": "abandon"},
            {"stage": "planned", "outcome": "", "decision": "", "done_on": None,
             "studied_on": None, "acted_on": None},
        ],
        ids=["course", "abandoned", "planned"],
    )  # fmt: skip
    def test_only_a_kept_change_to_the_questions_leads_to_a_set(self, by, given):
        if given.get("course"):
            given = given | {"course": make.CourseFactory()}
        cycle = kept_change(**given)
        group = make.ProposedQuestionFactory(is_agreed=True).group
        assert list(queries.cycles_for_a_set()) == []
        assert refused(make_set, group=group, by=by, cycle=cycle) == (
            "“Ask about food” is not a change to the questions that you decided to keep."
        )


class TestRefused:
    def test_the_same_version_of_a_framework_twice(self, by, framework):
        assert (
            refused(
                operations.add_framework, name="OURS", version="1", lines="Safe: a", by=by, now=NOW
            )
            == "There is already a version 1 of OURS."
        )
        assert Framework.objects.count() == 1

    def test_a_set_of_nothing(self, by, group):
        propose(group, by, "Safe", "Is it clean?")
        assert refused(make_set, group=group, by=by) == (
            "The group has agreed on no question yet. Record the votes first."
        )

    @pytest.mark.parametrize(
        ("made_on", "sentence"),
        [
            (TODAY + timedelta(days=1), "Enter today or an earlier day."),
            (
                TODAY - timedelta(days=47),
                "The group met until 25 April 2026. Enter that day or a later one.",
            ),
        ],
    )
    def test_a_set_made_before_the_group_met_or_tomorrow(self, by, made_on, sentence):
        group = make.ProposedQuestionFactory(is_agreed=True).group
        assert refused(make_set, group=group, by=by, made_on=made_on) == sentence

    def test_more_votes_than_people(self, by, group):
        propose(group, by, "Safe", "Is it clean?")
        pk = group.questions.get().pk
        given = {"group": group, "agreed": {pk}, "by": by, "now": NOW}
        assert refused(operations.record_votes, votes={pk: 16}, **given) == (
            "15 people took part, so a question has 15 votes at most."
        )
        assert group.questions.get().votes is None
        operations.record_votes(votes={pk: 15}, **given)
        assert (
            refused(
                operations.change_group,
                group=group,
                details=details(group, users=10),
                by=by,
                now=NOW,
            )
            == "14 people took part, so a question has 14 votes at most."
        )

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            (
                {"ended_on": TODAY + timedelta(days=1)},
                "Write down the group once it has met: today or an earlier day.",
            ),
            ({"began_on": TODAY}, "The last meeting cannot be before the first."),
            (
                {"users": 0, "carers": 0},
                "Someone who has used services, or cared for someone, must have taken part.",
            ),
        ],
    )
    def test_a_group_that_cannot_have_been(self, by, group, given, sentence):
        for call, more in ((operations.add_group, {}), (operations.change_group, {"group": group})):
            told = refused(call, details=details(group, **given), by=by, now=NOW, **more)
            assert told == sentence

    def test_another_framework_once_there_are_questions(self, by, group):
        other = make.FrameworkFactory()
        propose(group, by, "Safe", "Is it clean?")
        told = refused(
            operations.change_group,
            group=group, details=details(group, framework=other), by=by, now=NOW,
        )  # fmt: skip
        assert told == (
            "There are questions already, so the framework stays. Start a new group instead."
        )

    def test_a_key_question_or_a_statement_from_elsewhere(self, by, group):
        other = make.FrameworkFactory(name="Theirs", version="9")
        assert refused(
            operations.propose,
            group=group, key_question=key(other, "Safe"), words=["Why?"], by=by, now=NOW,
        ) == "“Safe” is not a key question of Ours, 1."  # fmt: skip
        propose(group, by, "Safe", "Is it clean?")
        question = group.questions.get()
        kind = key(group.framework, "Caring").statements.get()
        assert refused(
            operations.change_proposed,
            question=question, words="Clean?", key_question=question.key_question,
            statements=[kind], by=by, now=NOW,
        ) == "“Kind” is not a statement of Safe."  # fmt: skip

    def test_another_key_question_clears_the_statements(self, by, group):
        propose(group, by, "Safe", "Is it clean?")
        question = group.questions.get()
        clean = question.key_question.statements.get(name="Clean")
        question.statements.set([clean])
        operations.change_proposed(
            question=question, words="Is it kind?", key_question=key(group.framework, "Caring"),
            statements=[clean], by=by, now=NOW,
        )  # fmt: skip
        question.refresh_from_db()
        assert (question.words, str(question.key_question)) == ("Is it kind?", "Caring")
        assert not question.statements.exists()

    def test_words_the_group_has_proposed_already(self, by, group):
        propose(group, by, "Safe", "Is it clean?", "Is it calm?")
        assert propose(group, by, "Safe", "is it Clean?") == 0
        question = group.questions.get(words="Is it calm?")
        assert refused(
            operations.change_proposed,
            question=question, words="IS IT CLEAN?", key_question=question.key_question,
            statements=[], by=by, now=NOW,
        ) == "The group has proposed this question already."  # fmt: skip

    def test_more_questions_than_anybody_could_use(self, by, group):
        propose(group, by, "Safe", *(f"Question {n}?" for n in range(99)))
        told = refused(
            operations.propose,
            group=group, key_question=key(group.framework, "Safe"), words=["A?", "B?"],
            by=by, now=NOW,
        )  # fmt: skip
        assert told == "A group can have 100 questions. It has 99, so 2 more do not fit."
        assert group.questions.count() == 99

    def test_anything_once_it_is_a_set(self, by, group):
        propose(group, by, "Safe", "Is it clean?")
        vote(group, by, {"Is it clean?": 2}, "Is it clean?")
        make_set(group, by)
        question = group.questions.get()
        safe = question.key_question
        who = {"by": by, "now": NOW}
        told = {
            refused(operations.propose, group=group, key_question=safe, words=["A?"], **who),
            refused(operations.remove_proposed, question=question, **who),
            refused(operations.record_votes, group=group, votes={question.pk: 1}, agreed=[], **who),
            refused(operations.change_group, group=group, details=details(group), **who),
            refused(
                operations.change_proposed,
                question=question, words="A?", key_question=safe, statements=[], **who,
            ),
        }  # fmt: skip
        assert told == {"These questions are a set by now, so they stay as the group agreed them."}
        assert [each.words for each in ProposedQuestion.objects.all()] == ["Is it clean?"]


class TestSavedTwice:
    def test_the_same_group_again_is_the_one_that_is_there(self, by, framework):
        given = details(make.FocusGroupFactory.build(framework=framework))
        first = operations.add_group(details=given, by=by, now=NOW)
        assert operations.add_group(details=given, by=by, now=NOW) == first
        assert FocusGroup.objects.count() == 1

    def test_what_changes_nothing_leaves_no_trace(self, by, group):
        propose(group, by, "Safe", "Is it clean?")
        vote(group, by, {"Is it clean?": 2}, "Is it clean?")
        before = Event.objects.count()
        operations.change_group(group=group, details=details(group), by=by, now=NOW)
        vote(group, by, {"Is it clean?": 2}, "Is it clean?")
        propose(group, by, "Safe", "Is it clean?")
        assert Event.objects.count() == before

    def test_a_question_taken_away_meanwhile(self, by, group):
        propose(group, by, "Safe", "Is it clean?")
        question = group.questions.get()
        operations.remove_proposed(question=group.questions.get(), by=by, now=NOW)
        assert refused(operations.remove_proposed, question=question, by=by, now=NOW) == (
            "Someone has taken this question away."
        )


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_two_groups_become_two_versions_or_one_is_told(self, by):
        make.QuestionSetFactory(number=1)
        groups = [make.ProposedQuestionFactory(is_agreed=True).group for _ in range(2)]
        outcomes = race(*(lambda group=group: make_set(group, by) for group in groups))

        told = [each for each in outcomes if isinstance(each, RuleBroken)]
        numbers = sorted(QuestionSet.objects.values_list("number", flat=True))
        assert numbers == list(range(1, 4 - len(told)))
        assert all(
            str(each) == "Someone else made a set at the same moment. Look at it, then try again."
            for each in told
        )
