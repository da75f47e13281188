"""What is written to the log: one JSON object a line, on standard error, and nothing personal.

An address may hold a customer's signed link, and the text of an error may quote what somebody
typed. So of a request only its route is told, and of an error its kind and the places it went
through.
"""

import logging
import sys
from traceback import extract_tb
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger


def configure() -> dict[str, Any]:
    """Set up structlog and return Django's LOGGING that goes with it."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    without_address,
                ],
                "processors": [
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                    without_words,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # A page that is not there and a form that was refused are no news.
            "django.request": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},
            "pymorphy3": {"level": "WARNING"},
        },
    }


def without_address(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put the route of a request in the place of its address."""
    record: logging.LogRecord = event["_record"]
    if (request := getattr(record, "request", None)) is not None:
        match = getattr(request, "resolver_match", None)
        event["event"] = "request"
        event["route"] = match.route if match else ""
        event["status"] = getattr(record, "status_code", None)
    return event


def without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put the kind of an error, and the places it went through, in the place of its text."""
    told = event.pop("exc_info", None) or event["_record"].exc_info
    if told is True:
        told = sys.exc_info()
    problem = told[1] if isinstance(told, tuple) else told
    if isinstance(problem, BaseException):
        event["problem"] = _kinds(problem)
        event["places"] = [
            f"{frame.filename}:{frame.lineno}" for frame in extract_tb(problem.__traceback__)
        ]
    return event


def _kinds(problem: BaseException | None) -> list[str]:
    """Return the kind of an error and of each that caused it."""
    kinds = []
    while problem is not None:
        kinds.append(f"{type(problem).__module__}.{type(problem).__qualname__}")
        problem = problem.__cause__
    return kinds
