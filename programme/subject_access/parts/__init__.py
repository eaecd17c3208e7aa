"""Everything that is held on a person, part by part, in the order in which they read it."""

from programme.subject_access.part import Part
from programme.subject_access.parts.account import ACCOUNT
from programme.subject_access.parts.checks import CHECKS
from programme.subject_access.parts.people import PEOPLE
from programme.subject_access.parts.requests import REQUESTS
from programme.subject_access.parts.visits import VISITS

PARTS: tuple[Part, ...] = (*PEOPLE, *VISITS, *CHECKS, *ACCOUNT, *REQUESTS)
