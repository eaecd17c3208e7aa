"""What an import takes, by who brings it in.

Check columns come from a checks officer's upload, which takes nothing else of Reviewers but the
reference, or from the command line, which takes all. In anyone else's upload they are skipped.
"""

import enum

from programme.importing.sheets import CHECK_NAMES, REVIEWERS, SHEETS, Column, Sheet


class Taking(enum.StrEnum):
    """What is taken."""

    PROGRAMME = "programme"  # everything but the check columns
    CHECKS = "checks"  # the check columns alone
    ALL = "all"  # the command line

    def columns_of(self, sheet: Sheet) -> tuple[Column, ...]:
        """The columns of a sheet that are taken; empty when the sheet is not."""
        if self is Taking.CHECKS:
            if sheet is not REVIEWERS:
                return ()
            return tuple(each for each in sheet.columns if each.in_key or each.name in CHECK_NAMES)
        if self is Taking.PROGRAMME:
            return tuple(each for each in sheet.columns if each.name not in CHECK_NAMES)
        return sheet.columns

    @property
    def makes_rows(self) -> bool:
        """Whether a row that is not here yet is made; a checks officer makes nobody."""
        return self is not Taking.CHECKS

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets that are taken, in the order in which they are applied."""
        return tuple(sheet for sheet in SHEETS if self.columns_of(sheet))
