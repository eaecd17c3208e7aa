"""What comments are about: how many have each theme."""

from collections.abc import Iterable
from typing import Any

from insights.tables import Column, Number, Table


def themes_table(themes: Iterable[Any]) -> Table:
    """Each theme with how many comments have it, of each audience too."""
    return Table(
        "comments-by-theme",
        "Comments by theme",
        (
            Column("Theme"),
            Column("Offered"),
            Number("Comments"),
            Number("Reviewed services"),
            Number("Quality team"),
            Number("LXRs"),
        ),
        [
            (
                theme.name,
                "no" if theme.is_retired else "yes",
                theme.n,
                theme.n_team,
                theme.n_quality,
                theme.n_lxr,
            )
            for theme in themes
        ],
    )
