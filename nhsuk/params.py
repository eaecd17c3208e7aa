"""What the part of an address after the question mark may carry into a search."""

from django.http import QueryDict

LONGEST_SEARCH = 80


def search_words(params: QueryDict, name: str = "q") -> str:
    """The words to look for, shortened, without what no database can look for."""
    words = params.get(name, "")[:LONGEST_SEARCH]
    return "".join(c for c in words if c != "\x00" and not "\ud800" <= c <= "\udfff")
