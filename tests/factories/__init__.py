"""A cast of test people and things. Dates stand around TODAY, so that a test can say "tomorrow"."""

from tests.factories.asking import *  # noqa: F403
from tests.factories.cast import *  # noqa: F403 - each factory, whoever adds one
from tests.factories.feedback import *  # noqa: F403
