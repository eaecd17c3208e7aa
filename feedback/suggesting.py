"""Themes that a comment may be about, from the words of comments that have theirs. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from math import log

WORD = re.compile(r"[a-z]{4,}")
COMMON = frozenset(  # of four letters or more, and about anything
    word
    for line in (
        "about after also been before could from have having into just like made make many more",
        "most much really said some than that their them then there they this very visit visited",
        "visits well were what when where which with would your",
    )
    for word in line.split()
)
MOST = 3


def words_of(text: str) -> set[str]:
    """The words that can tell what a comment is about."""
    return set(WORD.findall(text.lower())) - COMMON


def suggest(text: str, known: Iterable[tuple[str, Collection[int]]]) -> list[int]:
    """The ids of at most three themes, the likeliest first; none where no word speaks for any.

    ``known``: comments with their themes. A word speaks for a theme as much as it is more frequent
    among that theme's comments than among all (the logarithm of the ratio, each count raised by
    one half so that a rare word proves little).
    """
    all_words: Counter[str] = Counter()
    by_theme: dict[int, Counter[str]] = {}
    comments, comments_of = 0, Counter[int]()
    for words, themes in ((words_of(each), themes) for each, themes in known):
        comments += 1
        all_words.update(words)
        for theme in themes:
            comments_of[theme] += 1
            by_theme.setdefault(theme, Counter()).update(words)
    scores: dict[int, float] = {}
    for theme, counts in by_theme.items():
        score = 0.0
        for word in words_of(text) & counts.keys():
            among = (counts[word] + 0.5) / (comments_of[theme] + 1)
            overall = (all_words[word] + 0.5) / (comments + 1)
            score += max(0.0, log(among / overall))
        if score > 0:
            scores[theme] = score
    return sorted(scores, key=lambda theme: (-scores[theme], theme))[:MOST]
