"""Who may open which page of this app."""

from tests.nets.pages import Page

PAGES: list[Page] = []
