"""``manage.py grants --role NAME``: give the application's role its rights on PostgreSQL."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from audit.grants import apply, own_schema, statements, why_not
from audit.retention import owners_connection


class Command(BaseCommand):
    """Run it as the owner (MIGRATION_DATABASE_URL), once, and when the role's name changes."""

    help = "Let a database role use the portal's tables, and only read and add audit events."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See the class."""
        parser.add_argument("--role", required=True, help="the role that DATABASE_URL names")
        parser.add_argument("--print", action="store_true", help="show the SQL; change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply, or print. Exit status 1 where no grant would bind the role."""
        database, role = owners_connection(), options["role"]
        connection = connections[database]
        if connection.vendor != "postgresql":
            message = "Only PostgreSQL has roles; there is nothing to grant here."
            raise CommandError(message)
        with transaction.atomic(using=database), connection.cursor() as cursor:
            if options["print"]:
                for each in statements(role, own_schema(cursor), connection.ops.quote_name):
                    self.stdout.write(f"{each};")
                return
            problem = why_not(cursor, role)
            if problem:
                raise CommandError(problem)
            apply(connection, role)
        self.stdout.write(f"{role} uses every table, and only reads and adds audit events.")
