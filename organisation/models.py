"""The trust: directorates, services and their contacts, sites, staff, and the trust's settings."""

from datetime import date, time

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


class Directorate(models.Model):
    """A group of services."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """Where a visit happens, and what it takes to get in."""

    class Asks(models.TextChoices):
        NOTHING = "none", "Nothing beyond DBS"
        VETTING = "vetting", "Prison vetting"
        OWN_FORM = "own form", "The site's own form"

    name = models.CharField(max_length=120, unique=True)
    address = models.CharField(max_length=300, blank=True)
    asks = models.CharField(max_length=10, choices=Asks.choices, default=Asks.NOTHING)
    takes_escorted = models.BooleanField("takes escorted visits", default=False)
    escort_arranged_by = models.CharField(max_length=120, blank=True)
    notice_days = models.PositiveSmallIntegerField("days of notice for the gate list", default=0)
    identity_needed = models.CharField(max_length=200, blank=True)
    phones_allowed = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asks__in=["none", "vetting", "own form"]),
                name="organisation_site_asks",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SiteFormItem(models.Model):
    """One line of the checklist that a site's own form asks for, in the order of ``place``."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="form_items")
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "words"], name="organisation_form_item_once"),
            models.CheckConstraint(
                condition=~models.Q(words=""), name="organisation_form_item_says_what"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class DBSLevel(models.TextChoices):
    """How much a DBS check looks at. Barred lists only for regulated activity."""

    BASIC = "basic", "Basic"
    STANDARD = "standard", "Standard"
    ENHANCED = "enhanced", "Enhanced"
    BARRED = "enhanced with barred lists", "Enhanced with barred lists"


# Each level also does for those before it.
LEVELS_UPWARDS: tuple[str, ...] = tuple(DBSLevel.values)


def levels_that_do_for(level: str) -> tuple[str, ...]:
    """The levels that meet a need for ``level``: itself and every one above.

    >>> levels_that_do_for("enhanced")
    ('enhanced', 'enhanced with barred lists')
    """
    return LEVELS_UPWARDS[LEVELS_UPWARDS.index(level) :]


class Workforce(models.TextChoices):
    """Whom the role meets, as the DBS application asks."""

    ADULT = "adult", "Adult"
    CHILD = "child", "Child"
    BOTH = "adult and child", "Adult and child"
    OTHER = "other", "Other"


# Below this level a certificate is the same for every workforce.
LEVELS_BY_WORKFORCE: tuple[str, ...] = (DBSLevel.ENHANCED, DBSLevel.BARRED)


def workforces_that_do_for(level: str, workforce: str) -> tuple[tuple[str, ...], ...]:
    """What checks must be of, to do for a role: one check of each group that is returned.

    A check of both workforces does for either; a role that meets adults and children is met by
    one such check, or by one of each. Nothing is asked below an enhanced check.

    >>> workforces_that_do_for("enhanced", "child")
    (('child', 'adult and child'),)
    >>> workforces_that_do_for("basic", "child")
    ()
    """
    if level not in LEVELS_BY_WORKFORCE:
        return ()
    if workforce == Workforce.OTHER:
        return ((str(Workforce.OTHER),),)
    parts = (Workforce.ADULT, Workforce.CHILD) if workforce == Workforce.BOTH else (workforce,)
    return tuple((str(part), str(Workforce.BOTH)) for part in parts)


class RoleVariant(models.Model):
    """What an LXR does at a kind of service, and the check that goes with it."""

    name = models.CharField(max_length=120, unique=True)
    activity = models.TextField(blank=True, help_text="What the LXR does, and whom they meet.")
    level = models.CharField(max_length=30, choices=DBSLevel)
    workforce = models.CharField(max_length=20, choices=Workforce, default=Workforce.ADULT)
    legal_basis = models.TextField(blank=True)
    is_regulated_activity = models.BooleanField(
        default=False, help_text="Only then may a check look at the barred lists."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=DBSLevel.values), name="organisation_variant_level"
            ),
            models.CheckConstraint(
                condition=~models.Q(level="enhanced with barred lists")
                | models.Q(is_regulated_activity=True),
                name="organisation_variant_barred_lists",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """What a review looks at."""

    class Setting(models.TextChoices):
        COMMUNITY = "community", "Community"
        INPATIENT = "inpatient", "Inpatient"
        SECURE = "secure", "Secure"
        PRISON = "prison", "Prison"

    # Services we find harder to reach: access to the site takes longest.
    HARDER_TO_REACH = (Setting.SECURE, Setting.PRISON)

    name = models.CharField(max_length=120, unique=True)
    directorate = models.ForeignKey(Directorate, models.PROTECT, related_name="services")
    site = models.ForeignKey(Site, models.PROTECT, related_name="services")
    setting = models.CharField(max_length=10, choices=Setting.choices)
    role_variant = models.ForeignKey(RoleVariant, models.PROTECT, related_name="services")
    closed_on = models.DateField(
        null=True, blank=True, help_text="The first day on which it can no longer be visited."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(setting__in=["community", "inpatient", "secure", "prison"]),
                name="organisation_service_setting",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_harder_to_reach(self) -> bool:
        """Whether the service is secure or in a prison."""
        return self.setting in self.HARDER_TO_REACH

    def is_closed_on(self, day: date) -> bool:
        """Whether the service can no longer be visited by that day."""
        return self.closed_on is not None and day >= self.closed_on


class ServiceBlock(models.Model):
    """Days on which a service has said that it cannot be visited."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="blocks")
    first_on = models.DateField()
    last_on = models.DateField()
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="organisation_block_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["service", "first_on", "last_on"], name="organisation_block_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.first_on} to {self.last_on}"


class ServiceContact(models.Model):
    """Someone at a service who is asked what the visit was worth."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="organisation_contact_once"),
        ]

    def __str__(self) -> str:
        return self.name


class StaffMember(models.Model):
    """Someone of the trust who goes on visits. May be linked to a user, who then sees their own."""

    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="staff_member",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="organisation_staff_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TrustSettings(models.Model):
    """How this trust runs its programme: one row, edited on a page."""

    team_name = models.CharField(max_length=120, default="the quality team")
    telephone = models.CharField(max_length=30, default="020 7946 0100")
    mailbox = models.EmailField(default="quality.team@trust.example.org")
    sending_on_since = models.DateTimeField(
        null=True, blank=True, help_text="Messages fall due from here on; empty: none is sent."
    )
    send_from = models.TimeField(default=time(8))
    send_until = models.TimeField(default=time(20))
    renewal_months = models.PositiveSmallIntegerField("DBS renewal interval, in months", default=36)
    renewal_blocks_from = models.DateField(
        null=True,
        blank=True,
        help_text="From this day a check past its renewal day no longer counts; empty: it does.",
    )
    status_check_months = models.PositiveSmallIntegerField(
        "months between status checks with the Update Service", default=12
    )
    answer_days = models.PositiveSmallIntegerField(
        "days to answer an invitation", default=7, db_default=7
    )
    reserve_answer_hours = models.PositiveSmallIntegerField(
        "hours a reserve has to answer",
        default=4,
        db_default=4,
        help_text="Of those in which messages go out.",
    )
    rest_days = models.PositiveSmallIntegerField(
        "days of rest between two days with a visit", default=1, db_default=1
    )
    feedback_link_days = models.PositiveSmallIntegerField(default=60)
    outcome_kept_months = models.PositiveSmallIntegerField(
        "months a check's reference number and outcome are kept after the decision", default=6
    )
    safeguarding_line = models.CharField(
        max_length=200, default="the safeguarding team on 020 7946 0111"
    )
    crisis_line = models.CharField(max_length=200, default="NHS 111, and choose option 2")
    most_visits_a_week = models.PositiveSmallIntegerField(
        "visits in one week that are not too many", default=3, db_default=3
    )
    review_every_months = models.PositiveSmallIntegerField(
        "months from one review of a service to the next", default=12, db_default=12
    )
    checks_before_training = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Only people whose checks are ready are offered training; else in parallel.",
    )
    enquiries_open = models.BooleanField(
        default=False,
        help_text="Anyone can tell you they are interested, without signing in.",
    )

    class Meta:
        verbose_name_plural = "trust settings"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="organisation_settings_one_row"),
            models.CheckConstraint(
                condition=models.Q(send_from__lt=models.F("send_until")),
                name="organisation_settings_hours",
            ),
            models.CheckConstraint(
                condition=models.Q(feedback_link_days__gte=1),
                name="organisation_settings_link_days",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_days__gte=1, reserve_answer_hours__gte=1),
                name="organisation_settings_time_to_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(most_visits_a_week__gte=1, review_every_months__gte=1),
                name="organisation_settings_programme",
            ),
        ]

    def __str__(self) -> str:
        return "The trust's settings"
