"""Structured logs on standard error: what happened and where, never what people wrote."""

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any, Literal

import structlog
from structlog.typing import Processor

Level = Literal["debug", "info", "warning", "error"]
Event = MutableMapping[str, Any]

QUIET = ("uvicorn.access", "alembic", "watchfiles", "httpx", "multipart", "PIL", "fontTools")


def set_up(level: Level) -> None:
    """Send every log line, our own and the libraries', to standard error: JSON, or columns on a terminal."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        bare_error,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def bare_error(_logger: object, _method: str, event: Event) -> Mapping[str, Any]:
    """Replace an exception by its kind and place: its message may quote a row, a name or a contact."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["trace"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
    told = event.get("event")
    if isinstance(told, str) and told.startswith("Traceback "):  # uvicorn's way to tell why a start failed
        lines = told.rstrip().splitlines()
        event["event"] = "failed"
        event["error"] = lines[-1].split(":")[0]
        event["trace"] = [line.strip() for line in lines if line.startswith("  File ")]
    return event


def adopt(*families: str) -> None:
    """Let the loggers of these libraries speak through ours, where they had brought handlers of their own."""
    for name, found in logging.root.manager.loggerDict.items():
        if name.split(".")[0] in families and isinstance(found, logging.Logger):
            found.handlers.clear()
            found.propagate = True
            found.setLevel(logging.ERROR)  # they warn of what is meant: caches before the server, threads of our own
