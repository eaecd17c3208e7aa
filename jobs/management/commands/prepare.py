"""``manage.py prepare``: everything the embedded portal needs before it starts."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from jobs.management.commands.up import check_free, port_from_environment


class Command(BaseCommand):
    """Brings the database and the static files up to date; a second time it changes nothing."""

    help = "Migrate, collect static files and, on the first run, load the demonstration programme."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a port in use before any work is done."""
        check_free(port_from_environment())
        self.stdout.write("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if "load_demo" in get_commands():
            call_command("load_demo", stdout=self.stdout)
