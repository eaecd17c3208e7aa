"""When a copy may be made and posted."""

from programme.models import SubjectRequest
from rules import RuleBroken

State, Way = SubjectRequest.State, SubjectRequest.Way


def check_can_be_made(request: SubjectRequest) -> None:
    """Raise RuleBroken for one that was given, or that the person makes themselves."""
    if request.way != Way.POST:
        message = "They download this copy themselves."
        raise RuleBroken(message)
    if request.state == State.DONE:
        message = "This copy was posted. Ask for a new one."
        raise RuleBroken(message)


def check_can_be_posted(request: SubjectRequest) -> None:
    """Raise RuleBroken unless there is a copy to post."""
    if request.way != Way.POST or request.state != State.READY:
        message = "There is no copy to post yet. Make it first."
        raise RuleBroken(message)
