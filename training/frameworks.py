"""A framework as text: a key question on each line, with its statements. Pure."""

from rules import RuleBroken

KEY_QUESTION_LENGTH = 120
STATEMENT_LENGTH = 200

CQC_NAME = "CQC quality statements"
CQC_VERSION = "2024"
CQC_LINES = """\
Safe: Learning culture; Safe systems, pathways and transitions; Safeguarding; \
Involving people to manage risks; Safe environments; Safe and effective staffing; \
Infection prevention and control; Medicines optimisation
Effective: Assessing needs; Delivering evidence-based care and treatment; \
How staff, teams and services work together; Supporting people to live healthier lives; \
Monitoring and improving outcomes; Consent to care and treatment
Caring: Kindness, compassion and dignity; Treating people as individuals; \
Independence, choice and control; Responding to people's immediate needs; \
Workforce wellbeing and enablement
Responsive: Person-centred care; Care provision, integration and continuity; \
Providing information; Listening to and involving people; Equity in access; \
Equity in experiences and outcomes; Planning for the future
Well-led: Shared direction and culture; Capable, compassionate and inclusive leaders; \
Freedom to speak up; Workforce equality, diversity and inclusion; \
Governance, management and sustainability; Partnerships and communities; \
Learning, improvement and innovation; Environmental sustainability
"""


def read_lines(text: str) -> list[tuple[str, list[str]]]:
    """Each key question with its statements, in their order. Raises RuleBroken."""
    found: list[tuple[str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            found.append(_read_line(line, number))
    if not found:
        message = "Enter one key question at least."
        raise RuleBroken(message)
    _check_once([name for name, _ in found], "key question")
    return found


def _read_line(line: str, number: int) -> tuple[str, list[str]]:
    name, colon, rest = line.partition(":")
    name = name.strip()
    statements = [each.strip() for each in rest.split(";") if each.strip()]
    if not (name and colon and statements):
        message = (
            f"Line {number} needs a key question, a colon and its statements. "
            "Such as: Caring: Kindness; Dignity"
        )
        raise RuleBroken(message)
    if len(name) > KEY_QUESTION_LENGTH:
        message = f"The key question on line {number} is too long. Keep it to 120 letters."
        raise RuleBroken(message)
    for statement in statements:
        if len(statement) > STATEMENT_LENGTH:
            message = f"A statement on line {number} is too long. Keep each to 200 letters."
            raise RuleBroken(message)
    _check_once(statements, f"statement of {name}")
    return name, statements


def _check_once(names: list[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            message = f"“{name}” is there twice as a {what}. Take one away."
            raise RuleBroken(message)
        seen.add(name.casefold())
