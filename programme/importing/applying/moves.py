"""Visits that an import moves and places it changes, written down one by one.

A calendar takes an entry for new when its number is higher, and that is counted from the audit.
"""

from audit.operations import record_rows
from programme.importing.applying.people import Import
from programme.importing.comparing import Plan
from programme.importing.known import Known
from programme.importing.sheets import TEAMS
from programme.importing.visits import Visits
from reviews.models import Review, TeamMember

ACTION = "changed by an import"
OF_A_PLACE = {"Role", "Response"}


def record_moves(plan: Plan, visits: Visits, bringing: Import, known: Known) -> None:
    """An event for each review whose day, times or status changed, and each place with an answer.

    Call when everything is written, in the same transaction.
    """
    moved = {known.reviews[review]: None for review in visits.moved}
    record_rows(ACTION, model=Review, people=moved, now=bringing.now, by=bringing.by)
    teams = plan.sheets.get(TEAMS.name)
    places = {}
    if teams is not None:
        for row, changes in teams.changed:
            if OF_A_PLACE & changes.keys():
                places[teams.stored.ids[row.key]] = known.reviewers.get(row.key[1])
    record_rows(ACTION, model=TeamMember, people=places, now=bringing.now, by=bringing.by)
