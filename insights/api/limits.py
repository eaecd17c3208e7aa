"""How often figures may be asked for: so many times in each minute of the clock.

Counted in the shared cache. A cache that is lost counts nothing and breaks nothing.
"""

from datetime import datetime

from django.core.cache import cache

WINDOW = 60  # seconds
READS = 60  # by one token in a window
REFUSALS = 60  # to one address in a window


def seconds_to_wait(what: str, most: int, *, now: datetime) -> int:
    """Count one more; 0 if it is within the limit, else the seconds until the next window."""
    moment = int(now.timestamp())
    key = f"api:{what}:{moment // WINDOW}"
    cache.add(key, 0, WINDOW)
    try:
        counted = cache.incr(key)
    except ValueError:  # the window ended between the two
        counted = 1
    return 0 if counted <= most else WINDOW - moment % WINDOW
