"""Services with their directorates, sites and contacts; staff."""

from typing import Any

from organisation.models import (
    DBSLevel,
    Directorate,
    RoleVariant,
    Service,
    ServiceContact,
    Site,
    StaffMember,
)
from programme.importing.applying.writing import Insert, Ref, Update
from programme.importing.batch import Row
from programme.importing.comparing import SheetPlan
from programme.importing.known import Known
from programme.importing.stored import PRISON_VARIANT

Values = dict[str, Any]
VARIANTS = {
    "basic": ("Visits that ask for a basic check", DBSLevel.BASIC),
    "standard": ("Visits that ask for a standard check", DBSLevel.STANDARD),
    "enhanced": ("Visits that ask for an enhanced check", DBSLevel.ENHANCED),
    "enhanced with barred lists": (
        "Visits that ask for an enhanced check with barred lists",
        DBSLevel.BARRED,
    ),
    "prison": (PRISON_VARIANT, DBSLevel.ENHANCED),
}


def write_services(plan: SheetPlan, known: Known) -> None:
    """Services, after the directorates, sites and role variants that they name."""
    rows = [(row, row.values) for row in plan.new] + plan.changed
    _make_missing(
        Directorate, [values.get("Directorate") for _, values in rows], known.directorates
    )
    known.refresh("directorates")
    _make_missing(Site, [values.get("Site") for _, values in rows], known.sites)
    known.refresh("sites")
    variants = _variants({values["Clearance"] for _, values in rows if "Clearance" in values})
    insert = Insert(Service, "name", "directorate", "site", "setting", "role_variant")
    for row in plan.new:
        values = row.values
        insert.add(
            values["Service"],
            Ref("directorates", values["Directorate"].lower()),
            Ref("sites", values["Site"].lower()),
            values["Setting"],
            variants[values["Clearance"]],
        )
    insert.write(known)
    update = Update(Service)
    for row, changes in plan.changed:
        update.add(plan.stored.ids[row.key], _service_fields(changes, variants))
    update.write(known)
    known.refresh("services")
    _write_contacts(rows, known)
    _ask_for_vetting([row for row, values in rows if values.get("Clearance") == "prison"], known)


def _service_fields(changes: Values, variants: dict[str, int]) -> Values:
    fields: Values = {}
    if "Directorate" in changes:
        fields["directorate"] = Ref("directorates", changes["Directorate"].lower())
    if "Site" in changes:
        fields["site"] = Ref("sites", changes["Site"].lower())
    if "Setting" in changes:
        fields["setting"] = changes["Setting"]
    if "Clearance" in changes:
        fields["role_variant"] = variants[changes["Clearance"]]
    return fields


def _make_missing(model: type[Any], names: list[str | None], held: dict[str, int]) -> None:
    missing = {name.lower(): name for name in names if name and name.lower() not in held}
    model.objects.bulk_create([model(name=name) for name in missing.values()])


def _variants(clearances: set[str]) -> dict[str, int]:
    made = {}
    for clearance in sorted(clearances):
        name, level = VARIANTS[clearance]
        given = {"level": level, "is_regulated_activity": level == DBSLevel.BARRED}
        variant, _ = RoleVariant.objects.get_or_create(name=name, defaults=given)
        made[clearance] = variant.pk
    return made


def _write_contacts(rows: list[tuple[Row, Values]], known: Known) -> None:
    """The named contact becomes the one who is asked; whoever was stays on record."""
    for row, values in rows:
        name = values.get("Contact name") or values.get("Contact email")
        if not name:
            continue
        service_id = known.services[row.key[0]]
        current = (
            ServiceContact.objects.filter(service_id=service_id, is_active=True)
            .order_by("pk")
            .first()
        )
        if current is not None and "Contact name" not in values:
            name = current.name
        details: Values = {"is_active": True}
        if "Contact email" in values:
            details["email"] = values["Contact email"]
        contact, _ = ServiceContact.objects.update_or_create(
            service_id=service_id, name=name[:150], defaults=details
        )
        if current is not None and current.pk != contact.pk:
            ServiceContact.objects.filter(pk=current.pk).update(is_active=False)


def _ask_for_vetting(rows: list[Row], known: Known) -> None:
    """A site behind prison clearance asks for its own vetting."""
    ids = {known.services[row.key[0]] for row in rows}
    Site.objects.filter(services__in=ids, asks=Site.Asks.NOTHING).update(asks=Site.Asks.VETTING)


def write_staff(plan: SheetPlan, known: Known) -> None:
    """Staff, who may go on visits; no accounts."""
    insert = Insert(StaffMember, "name", "email")
    for row in plan.new:
        insert.add(row.values["Name"], row.values.get("Email", ""))
    insert.write(known)
    update = Update(StaffMember)
    for row, changes in plan.changed:
        update.add(plan.stored.ids[row.key], {"email": changes["Email"]})
    update.write(known)
    known.refresh("staff")
