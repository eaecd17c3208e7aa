"""Tables: a row on a phone is a heading with what else there is to say below it."""

import pytest
from django.template import engines


def drawn(*rows: str) -> str:
    template = (
        "{% table 'People' 'Name' 'Stage' 'Visits:number' %}" + "".join(rows) + "{% endtable %}"
    )
    return str(engines["django"].from_string(template).render())


def row(*cells: str) -> str:
    return "{% tr %}" + "".join(f"{{% td %}}{cell}{{% endtd %}}" for cell in cells) + "{% endtr %}"


def test_each_cell_carries_its_columns_heading() -> None:
    page = drawn(row("Ada", "Active", "3"))

    assert (
        page.count('<span class="nhsuk-table-responsive__heading" aria-hidden="true">Stage</span>')
        == 1
    )
    assert '<td role="cell" class="nhsuk-table__cell nhsuk-table__cell--numeric">' in page


@pytest.mark.parametrize("nothing", ["", " \n ", "–"])
def test_cell_without_anything_to_say_has_no_label_and_is_left_out_on_a_phone(nothing: str) -> None:
    page = drawn(row("Ada", nothing, "3"), row("Bo", "Active", "0"))

    assert page.count("app-table__cell--empty") == 1
    assert page.count(">Stage</span>") == 1
    assert page.count(">Visits</span>") == 2


def test_table_hides_no_variable_of_its_page() -> None:
    page = engines["django"].from_string(
        "{% table 'People' 'Name' %}{% for openings in column %}{% tr %}{% td %}{{ openings }}"
        "{% endtd %}{% endtr %}{% endfor %}{% endtable %}"
    )

    assert "Ada" in page.render({"column": ["Ada"]})
