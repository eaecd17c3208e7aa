"""What a forecast rests on, in sentences: history, assumptions, how wrong it would have been."""

from collections.abc import Mapping, Sequence

from insights.forecast.answers import DAYS_TO_ASK_ANOTHER
from insights.forecast.findings import Findings, Lead
from insights.forecast.outlook import FUTURES
from insights.forecast.past import FEWEST_ANSWERS, FEWEST_VISITS, Held
from insights.forecast.simulation import MOST_ASKED
from insights.numbers import Share
from insights.suppression import FEWEST, shows_share
from nhsuk.words import in_words, nhs_date

FEW_ANSWERS = 30
MOSTLY = 50  # per cent

READY = (
    "“Ready” is what the gap board calls ready, whatever the day: active, trained, signed, with "
    "checks and site access for the service, and not on a first visit alone. Who is ready stays "
    "ready, and nobody else becomes it."
)
ASKING = (
    f"For each visit people are asked one after another, up to {MOST_ASKED}, until one says yes. "
    "Who can no longer come is followed by the next if there are at least "
    f"{DAYS_TO_ASK_ANOTHER} days left. Else nobody takes their place."
)
TIME = (
    "People come on the weekdays they told us and not when they are away, on one visit a day, and "
    "on no more visits a month than they want. Whoever joins wants {visits_a_month}. Days of rest "
    "between two visits: {rest_days}."
)
NOBODY_IN_PARTICULAR = (
    "Nobody in particular is looked at: everybody who is asked to the same kind of visit is as "
    "likely to come. Kinds of visits are the directorates, with their secure and prison services "
    "on their own."
)
ALONE = (
    "Each directorate is worked out as if people went there alone. Many are ready in several, so "
    "the numbers do not add up to a total."
)
CHANCE = (
    f"The coming year is played {FUTURES} times by chance, each time with other chances that fit "
    "the answers. Ranges leave out the 5% at each end."
)


def of_lead(lead: Lead) -> list[str]:
    """How long it usually takes here, and of how many people that is known."""
    ways = (
        ("From joining to being ready", lead.joining_to_ready),
        ("From joining to training", lead.joining_to_trained),
        ("From training to being ready", lead.trained_to_ready),
        ("Checks, from their beginning to a visit", lead.checks),
    )
    return [
        f"{way}: half of people took {usual.days:,} days or fewer ({usual.people:,} people)."
        if usual.days is not None and usual.people >= FEWEST
        else f"{way}: not known yet. The whole way is recorded here of fewer than {FEWEST} people,"
        " or of fewer than half."
        for way, usual in ways
    ]


def of_history(findings: Findings, *, hides_small: bool) -> str:
    """What came of asking, over all."""
    answers = findings.answers
    parts = (
        ("said yes", answers.said_yes),
        (f"kept to it until {DAYS_TO_ASK_ANOTHER} days before", answers.kept),
        ("then came", answers.came),
    )
    shares = [(words, Share(tally.yes, tally.of)) for words, tally in parts]
    shown = [f"{share} {words}" for words, share in shares if not hides_small or shows_share(share)]
    start = "Of people asked to visits that took place in the last 3 years,"
    if not shown:
        return f"{start} so few said no or could not come that it is not shown."
    rest = "" if len(shown) == len(parts) else " What is under 5 is not shown."
    return f"{start} {in_words(shown)}.{rest}"


def assumptions(findings: Findings, names: Mapping[int, str], *, hides_small: bool) -> list[str]:
    """What the forecast takes for granted, as sentences."""
    outlook = findings.outlook
    last = max(each.visit_days[-1] for each in outlook.directorates)
    borrow = sorted(
        names[each.directorate]
        for each in outlook.directorates
        if each.own < MOSTLY and each.directorate in names
    )
    visits = "1 visit" if outlook.visits == 1 else f"{outlook.visits:,} visits"
    programme = (
        f"Only visits that are planned or confirmed count: {visits} until {nhs_date(last)}. When "
        "more are planned, more people are needed."
    )
    found = [
        programme,
        READY,
        ASKING,
        TIME.format(visits_a_month=findings.visits_a_month, rest_days=findings.rest_days),
        of_history(findings, hides_small=hides_small),
        NOBODY_IN_PARTICULAR,
        ALONE,
        CHANCE,
    ]
    if borrow:
        found.append(
            "Directorates with few answers borrow from the whole programme. Mostly borrowed: "
            f"{in_words(borrow)}."
        )
    return found


def of_past(held: Sequence[Held]) -> str:
    """How wrong such forecasts would have been."""
    if not held:
        return (
            "There is not enough history yet to hold this against: it takes "
            f"{FEWEST_ANSWERS} answers before a month, and {FEWEST_VISITS} visits in the 6 months "
            "from then."
        )
    within = sum(each.is_within for each in held)
    off = sum(abs(each.happened - each.forecast.middle) for each in held)
    visits = sum(each.visits for each in held)
    times = "time" if len(held) == 1 else "times"
    return (
        f"What happened lay in the range {within} of {len(held)} {times}. On average the forecast "
        f"was off by {10 * off / visits:.1f} of 10 visits."
    )
