"""NHS England's own component macros, called from Python.

Their Jinja environment is private: pages are Django templates and know the tags alone.
"""

from functools import cache
from typing import Any

from django.utils.safestring import SafeString
from jinja2 import ChainableUndefined, Environment, PackageLoader

_MACROS = {"tables": "table"}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        autoescape=True,
        auto_reload=False,
        undefined=ChainableUndefined,
    )
    environment.filters["indent"] = _as_it_is
    return environment


def _as_it_is(text: str, *width: int | bool) -> str:
    """In place of Jinja's ``indent``: it escapes line by line, most of what a form cost."""
    return text


@cache
def _macro(component: str) -> Any:
    first, *rest = component.split("-")
    name = _MACROS.get(component, first + "".join(word.title() for word in rest))
    template = _environment().get_template(f"nhsuk/components/{component}/macro.jinja")
    return getattr(template.module, name)


def component(name: str, /, **params: Any) -> SafeString:
    """The markup of the component in the folder ``name`` (``date-input``), with its parameters.

    Text is escaped by the macro; a parameter called ``html`` is taken as it is, so give it only
    what a template or another component has rendered.
    """
    return SafeString(_macro(name)(params))  # the environment has escaped
