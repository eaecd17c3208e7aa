"""How a log line looks: one line of JSON, without personal data."""

import logging
from typing import Any

import structlog


def formatter(*_: Any, **__: Any) -> logging.Formatter:
    """One line of JSON for a log record of ours or of a library."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
