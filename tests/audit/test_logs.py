"""Log lines are JSON, one a line."""

import json
import logging

from audit.logs import formatter


def test_log_record_becomes_one_line_of_json() -> None:
    record = logging.LogRecord("jobs", logging.WARNING, __file__, 1, "a\nb", None, None)

    line = formatter().format(record)

    assert "\n" not in line
    said = json.loads(line)
    assert (said["event"], said["level"], said["logger"]) == ("a\nb", "warning", "jobs")
    assert said["timestamp"].endswith("Z")
