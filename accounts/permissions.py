"""What a person can be allowed to do, and the roles that allow it.

The table is "Who may see what" of the programme's domain, deny by default: a role holds what is
written here and nothing else. A superuser's power ends at the Django admin.
"""

import enum
from dataclasses import dataclass


class Permission(enum.StrEnum):
    """One thing a role may do. Pages name the one they need."""

    OWN_PAGES = "own pages"  # an LXR's own visits, training, checks, availability, details
    USE_STAFF_HOME = "use staff home"
    SEE_PEOPLE = "see people"  # name, contact, stage
    EDIT_PEOPLE = "edit people"
    SEE_LIVED_EXPERIENCE = "see lived experience"  # and exclusions, availability, access needs
    SEE_READINESS = "see readiness"
    EDIT_CHECKS = "edit checks"  # DBS checks, assessments, clearances in detail
    APPROVE_ASSESSMENTS = "approve assessments"
    PLAN_REVIEWS = "plan reviews"
    RECORD_OWN_VISITS = "record own visits"  # a visit lead, at reviews they lead
    RUN_TRAINING = "run training"
    SEE_FEEDBACK = "see feedback"  # with comments
    MODERATE_FEEDBACK = "moderate feedback"
    SEE_FIGURES = "see figures"
    PUBLISH_FIGURES = "publish figures"
    WRITE_REPORTS = "write board reports"
    APPROVE_REPORTS = "approve board reports"
    IMPORT_PROGRAMME = "import the programme"
    SEND_MESSAGES = "send messages"  # the outbox, the call list, letters
    CHANGE_SETTINGS = "change settings"  # the trust's settings
    ADMINISTER = "administer"  # users, roles, lookups: the Django admin
    SEE_ACCESS_LOG = "see access log"
    GOVERN_RETENTION = "govern retention"  # what goes when, and legal holds


@dataclass(frozen=True)
class Role:
    """A role a user can hold, as shown where it is given."""

    key: str
    name: str
    sentence: str
    permissions: frozenset[Permission]
    needs_authenticator: bool = False


_COORDINATOR = frozenset(
    {
        Permission.USE_STAFF_HOME,
        Permission.SEE_PEOPLE,
        Permission.EDIT_PEOPLE,
        Permission.SEE_LIVED_EXPERIENCE,
        Permission.SEE_READINESS,
        Permission.PLAN_REVIEWS,
        Permission.RUN_TRAINING,
        Permission.SEE_FEEDBACK,
        Permission.SEE_FIGURES,
        Permission.WRITE_REPORTS,
        Permission.IMPORT_PROGRAMME,
        Permission.SEND_MESSAGES,
    }
)

ROLES: tuple[Role, ...] = (
    Role(
        "lxr",
        "Lived Experience Reviewer",
        "Sees and changes their own details, visits, training and feedback.",
        frozenset({Permission.OWN_PAGES}),
    ),
    Role(
        "coordinator",
        "Coordinator",
        "Runs the programme from day to day: people, visits, training, messages.",
        _COORDINATOR,
    ),
    Role(
        "visit_lead",
        "Visit lead",
        "Sees the team of the visits they lead and records who came.",
        frozenset({Permission.USE_STAFF_HOME, Permission.RECORD_OWN_VISITS}),
    ),
    Role(
        "checks_officer",
        "Checks officer",
        "Records DBS checks, risk assessments and site clearance. Every look is recorded.",
        frozenset(
            {
                Permission.USE_STAFF_HOME,
                Permission.SEE_PEOPLE,
                Permission.SEE_READINESS,
                Permission.EDIT_CHECKS,
                Permission.IMPORT_PROGRAMME,
            }
        ),
        needs_authenticator=True,
    ),
    Role(
        "second_approver",
        "Second approver",
        "Approves a risk assessment that somebody else decided.",
        frozenset({Permission.USE_STAFF_HOME, Permission.APPROVE_ASSESSMENTS}),
        needs_authenticator=True,
    ),
    Role(
        "quality_lead",
        "Quality lead",
        "Does what a coordinator does, reads and approves words, publishes figures and "
        "approves board reports.",
        _COORDINATOR
        | {
            Permission.MODERATE_FEEDBACK,
            Permission.PUBLISH_FIGURES,
            Permission.APPROVE_REPORTS,
        },
    ),
    Role(
        "observer",
        "Observer",
        "Sees figures, charts and board reports. Small numbers of people are hidden.",
        frozenset({Permission.USE_STAFF_HOME, Permission.SEE_FIGURES}),
    ),
    Role(
        "administrator",
        "Administrator",
        "Looks after users, roles, lookups and the trust's settings.",
        frozenset(
            {
                Permission.USE_STAFF_HOME,
                Permission.SEE_PEOPLE,
                Permission.CHANGE_SETTINGS,
                Permission.ADMINISTER,
            }
        ),
        needs_authenticator=True,
    ),
    Role(
        "governance",
        "Governance",
        "Reads the access log, and sees and holds what goes when its time is over.",
        frozenset(
            {Permission.USE_STAFF_HOME, Permission.SEE_ACCESS_LOG, Permission.GOVERN_RETENTION}
        ),
    ),
)

ROLE_BY_KEY: dict[str, Role] = {role.key: role for role in ROLES}


def permissions_of(role_keys: list[str]) -> frozenset[Permission]:
    """Everything that the roles allow together. An unknown role allows nothing."""
    held: frozenset[Permission] = frozenset()
    for key in role_keys:
        if key in ROLE_BY_KEY:
            held |= ROLE_BY_KEY[key].permissions
    return held


def roles_with(permission: Permission) -> frozenset[str]:
    """The keys of the roles that hold the permission."""
    return frozenset(role.key for role in ROLES if permission in role.permissions)
