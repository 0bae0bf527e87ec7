"""What does an operator read about the requests?

Logs are one JSON object a line on standard error. Every answer carries its request's id (`x-request-id`, the caller's own where it sent a
plain one); requests that fail or are slow are logged, or all where that is set.
"""

from __future__ import annotations

import contextvars
import json
import logging
import re
import secrets
import sys
import time
import traceback

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PLAIN = re.compile(rb"[A-Za-z0-9._\-]{1,64}")
request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
log = logging.getLogger("broadsheet.requests")


class JSONFormatter(logging.Formatter):
    """A record as one line of JSON: escapes keep whatever a caller sent from forging a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := request_id.get():
            line["request"] = request
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["trace"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def log_as_json(level: int = logging.INFO) -> None:
    """Send this process's logs to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)


class RequestLog:
    """Gives each request its id, and logs those that an operator should see."""

    def __init__(self, app: ASGIApp, *, slow: float, every: bool) -> None:
        self.app = app
        self.slow = slow
        self.every = every

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        request = given.decode() if PLAIN.fullmatch(given) else secrets.token_hex(8)
        token = request_id.set(request)
        started, status = time.perf_counter(), 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            self._note(scope, status, time.perf_counter() - started)
            request_id.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        failed, slow = status >= 500, seconds >= self.slow
        if not (self.every or failed or slow):
            return
        fields = {"method": scope["method"], "path": scope["path"], "status": status, "milliseconds": round(seconds * 1000, 1)}
        level = logging.ERROR if failed else logging.WARNING if slow else logging.INFO
        log.log(level, "request failed" if failed else "request was slow" if slow else "request", extra={"fields": fields})
