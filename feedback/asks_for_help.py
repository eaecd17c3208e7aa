"""Whether somebody asks for help in their own words. Pure, and meant to ask once too often.

It decides only that a person looks and rings; nobody is refused anything by it. The list is short
on purpose: each line is something that Lived Experience Reviewers or helplines say people write.
"""

import re

# Beginnings of words and phrases, in lower case; an apostrophe may be straight, curly or left out.
SIGNS = (
    # asking
    "help me",
    "need help",
    "need some help",
    "need support",
    "need to talk",
    "need to speak",
    "want to talk",
    "would like to talk",
    "someone to talk",
    "somebody to talk",
    "ring me",
    "call me",
    "phone me",
    "contact me",
    "get in touch with me",
    # how they are
    "cant cope",
    "cannot cope",
    "not coping",
    "struggling",
    "not ok",
    "not okay",
    "overwhelmed",
    "distress",
    "upset",
    "frightened",
    "scared",
    "in tears",
    "cried",
    "crying",
    "panic",
    "flashback",
    "triggered",
    "traumati",
    "retraumati",
    # danger
    "not safe",
    "unsafe",
    "in danger",
    "in crisis",
    "suicid",
    "kill myself",
    "end my life",
    "end it all",
    "self-harm",
    "self harm",
    "hurt myself",
    "harm myself",
    "abuse",
    "threatened",
    "bullied",
    "harass",
)
_SIGNS = re.compile(rf"\b(?:{'|'.join(re.escape(each) for each in SIGNS)})")


def asks_for_help(text: str) -> bool:
    """Whether one of the signs stands in the text, as the beginning of a word.

    >>> asks_for_help("Please ring me, I can’t cope"), asks_for_help("It helped a lot")
    (True, False)
    """
    plain = text.lower().replace("’", "").replace("'", "")
    return bool(_SIGNS.search(" ".join(plain.split())))
