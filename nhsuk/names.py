"""What in free text looks like somebody's name: after a title, after "called", or a common first
name. Pure. It misses rarer names and asks about some that are none: a person decides.

The names are some of the commonest of each generation in England and of the communities that use
our services. Those that are words as well count only before a surname.
"""

import re
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = "mr mrs ms miss mx dr doctor prof professor nurse sister matron reverend rev imam rabbi"
# After a title these are posts and places: "Sister Manager", "Nurse Station"
_POSTS = _words("""
associate care centre clinic consultant head in lead led manager office on practitioner
prescriber specialist station team the training unit ward
""")
_NAMES = _words("""
aaliyah aaron abdul abdullah abigail abraham adam adeel adrian agnes ahmed aidan aisha alan albert
alex alexander alexandra alfie ali alice alison amanda amber amelia amina amir amy anabel andrea
andrew andrzej angela anita ann anna anne annie anthony antonio arjun arthur asha ashley audrey
ava ayesha barbara barry beatrice becky ben benjamin bernard beryl beth bethany betty beverley
bilal brenda brian bridget bronwen bryan callum cameron carl carla carol caroline catherine cathy
charles charlie charlotte chiara chidi chloe chris christina christine christopher claire clara
clive colin connor craig cynthia daisy daniel danielle darren dave david davina dean debbie
deborah declan deepak delroy denise dennis derek diana diane donald donna doris dorothy douglas
duncan dylan edith edna edward eileen elaine eleanor elena elizabeth ella ellen ellie elsie emily
emma emmanuel eric ernest esther ethan eva evelyn fatima fatimah femi fiona florence frances
francesca freddie frederick gareth gary gavin gemma geoff geoffrey george georgia gerald gillian
giovanni gladys glenda gloria gordon graham greg gurpreet gwen hannah harold harriet harry hassan
hazel heather helen henry hilary holly howard hussain ian ibrahim imran irene isaac isabella
isla ivan jackie jacob jacqueline jade jake james jamie jan jane janet janice jasmine jason jean
jenny jeremy jessica jill jim joan joanna joanne joe john jonathan jordan joseph josh joshua joyce
juan judith julia julian julie karen karl kate katherine kathleen katie kayleigh keith kelly ken
kenneth kerry kevin khadija kieran kim kirsty krzysztof kwame kyle laura lauren lawrence leah lee
leon leroy lesley leslie lewis liam linda lisa liz lorna lorraine louise lucas lucy luke lydia lynn
maeve magdalena malcolm mandy manpreet marcus margaret maria marian marie marion marjorie marlon
martha martin mary maryam mateusz matt matthew maureen megan mehmet melanie melissa michael michelle
miriam mohamed mohammad mohammed moira molly monica muhammad muriel mustafa nadia naomi natalie
natasha nathan neil nia niamh nicholas nicola nigel noah norma norman nusrat oliver olivia
olu omar owen pamela patricia patrick paul paula pauline peter phil philip phoebe phyllis pooja
priya rachel raheem raj rajesh ralph ravi raymond rebecca renee rhys richard rita robert robin
roger ronald rosemary ruth ryan sahra sally sam samantha samir samuel sandra sara sarah sean
sebastian shabnam shanice sharon sheila shirley simon siobhan sofia sonia sophia sophie stacey
stan stanley stella stephanie stephen steve steven stuart susan suzanne sylvia tanya tariq tessa
theresa thomas tim timothy tina toby todd tom tony tracey tracy trevor umar valerie vanessa vera
veronica victor vijay vincent vivian walter wayne wendy winifred winston yasmin yusuf yvonne zahra
zainab zara zoe
""")
# Words of their own as well: a name only with a capital and a surname after it
_MAYBE = _words("""
angel april art august autumn bill blake bob brook brooke carter chance christian clay crystal dawn
don drew eden eve faith felicity frank gene ginger glen grace grant guy happy hope hunter iris ivy
jack jasper jay jewel joy june justice justin king lily mark mason may max melody mercy mike miles
nick nova olive page pat patience peace pearl penny pete poppy precious prince queen ray reed rich
rob robin rose rowan ruby rusty sandy sky sterling sue summer ted terry tiger victoria
viola violet virginia will
""")
_PLACE_WORDS = _words("""
avenue building campus centre clinic college corner court day department drive gardens hall
health hospital hospitals house infirmary lane lodge park place road room school service
services square street suite surgery team terrace unit university ward wing
""")
# Capitals in the middle of a sentence that begin no surname
_NOT_SURNAMES = _words("""
a an and at care cqc dbs english experience i it lived lxr lxrs monday tuesday wednesday
thursday friday saturday sunday january february march april may june july august september
october november december nhs reviewer reviewers quality the they we you
""")
_WORD = "[A-ZÀ-Þ][a-zß-ÿ]+"
_CAPITAL = rf"(?:[A-Z]['’])?{_WORD}(?:['’-]{_WORD})*"  # without an ’s that follows
_SAINTS = r"(?:St|Saint|Lord|Lady|King|Queen|Prince|Princess|Duke|Duchess)\.? "

_AFTER_TITLE = re.compile(rf"\b(?i:{'|'.join(_TITLES.split())})\b\.? ({_CAPITAL})")
_AFTER_CALLED = re.compile(
    rf"\b(?i:called|named|my name is|name is|name was|i am|i’m|i'm) ({_CAPITAL})(?: ({_CAPITAL}))?"
)
_CAPITALS = re.compile(rf"({_SAINTS})?\b({_CAPITAL})(?:’s|'s)?(?: ({_CAPITAL}))?")
_ONLY_AFTER_CALLED = re.compile(r"(?i)\b(?:called|named)|\bname (?:is|was) ")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where something stands that looks like a name, in no order; some may overlap."""
    for found in _AFTER_TITLE.finditer(text):
        if found[1].lower() not in _POSTS:
            yield found.span()
    for found in _AFTER_CALLED.finditer(text):
        is_said = bool(_ONLY_AFTER_CALLED.match(found[0]))
        is_known = found[1].lower() in _NAMES
        if (is_said or is_known) and not _is_place(found[2]):
            yield found.start(1), found.end(2) if found[2] else found.end(1)
    start = 0
    while pair := _CAPITALS.search(text, start):
        # Of "Then Sarah", the second word may be a name that begins another pair
        start = pair.end(2) if pair[3] else pair.end()
        first, surname = pair[2].lower(), pair[3]
        if pair[1] or _is_place(surname):
            continue
        if first in _NAMES:
            end = pair.end(3) if surname and surname.lower() not in _NAMES else pair.end(2)
            yield pair.start(2), end
        elif first in _MAYBE and surname and surname.lower() not in _NOT_SURNAMES:
            yield pair.start(2), pair.end(3)


def _is_place(word: str | None) -> bool:
    return bool(word) and str(word).lower() in _PLACE_WORDS
