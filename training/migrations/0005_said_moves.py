from datetime import UTC, datetime, time, timedelta

from django.db import migrations
from django.utils import timezone

DAYS_OPEN = 14
AT_LEAST = 5


COLUMNS = ("session_id", "said_on", "support", "pace", "usefulness", "comment")


def _move(rows, to):
    moved = [to(**{name: getattr(row, name) for name in COLUMNS}) for row in rows]
    to.objects.bulk_create(sorted(moved, key=lambda row: row.key), batch_size=500)


def move_answers(apps, schema_editor):
    """Every answer under a drawn key, written in the order of the keys."""
    Said, SaidAnew = apps.get_model("training", "Said"), apps.get_model("training", "SaidAnew")
    _move(Said.objects.iterator(), SaidAnew)


def move_back(apps, schema_editor):
    """The answers under keys of the old kind."""
    Said, SaidAnew = apps.get_model("training", "Said"), apps.get_model("training", "SaidAnew")
    _move(SaidAnew.objects.iterator(), Said)


def write_down_groups(apps, schema_editor):
    """Close the forms that are over, and keep each group as it could be read until now."""
    RoomLink, Place = apps.get_model("training", "RoomLink"), apps.get_model("training", "Place")
    SaidAnew = apps.get_model("training", "SaidAnew")
    links = RoomLink.objects.select_related("session")
    today = timezone.localdate()
    closed = []
    for link in links:
        end = datetime.combine(
            link.session.held_on + timedelta(days=DAYS_OPEN + 1), time.min, UTC
        )
        is_over = link.session.held_on + timedelta(days=DAYS_OPEN) < today
        if link.closed_at is None and (not is_over or link.session.is_cancelled):
            continue
        link.closed_at = min(link.closed_at or end, end)
        link.attended = Place.objects.filter(session=link.session, outcome="attended").count()
        link.save()
        closed.append(link)
    waiting = {}
    for link in sorted(closed, key=lambda link: (link.closed_at, link.session_id)):
        answers = SaidAnew.objects.filter(session=link.session).count()
        version = link.session.version_id
        if link.session.is_cancelled or not answers:
            continue
        group = [(link.pk, answers)]
        if answers < AT_LEAST:
            if version is None:
                continue
            group = waiting.pop(version, []) + group
        if sum(number for _, number in group) < AT_LEAST:
            waiting[version] = group
            continue
        RoomLink.objects.filter(pk__in=[pk for pk, _ in group]).update(read_with=link)


class Migration(migrations.Migration):
    """Data alone: see the migrations before and after."""

    dependencies = [("training", "0004_said_drawn_keys")]

    operations = [
        migrations.RunPython(move_answers, move_back, elidable=True),
        migrations.RunPython(write_down_groups, migrations.RunPython.noop, elidable=True),
    ]
