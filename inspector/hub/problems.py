"""What went wrong, as an answer: ``application/problem+json`` with a stable code and a Vietnamese title."""

from __future__ import annotations

import json

from starlette.responses import Response

from inspector.domain.errors import BadInput, Damaged, InspectorError, Refused, Unavailable
from inspector.services.wording import sentence

KIND = "application/problem+json"
RETRY_AFTER = 2
"""Seconds after which somebody who found the server busy may ask again."""

_STATUS = {
    "session-ended": 401,
    "session-not-proven": 401,
    "device-unknown": 401,
    "comparison-busy": 403,
    "comparison-refused": 403,
    "exchange-not-shared": 403,
    "hub-invitation-revoked": 403,
    "hub-invitation-unknown": 403,
    "page-unknown": 404,
    "method-unknown": 405,
    "upload-too-slow": 408,
    "hub-invitation-used": 409,
    "message-too-large": 413,
    "frame-too-large": 413,
    "too-many-tries": 429,
    "blob-not-whole": 460,
    "server-failed": 500,
    "disk-full": 507,
    "hub-full": 507,
}
_OF_CLASS = ((BadInput, 400), (Refused, 403), (Unavailable, 503), (Damaged, 500))


def status_of(error: InspectorError) -> int:
    """The status of an error; what the machine cannot do now may be asked for again (503)."""
    return _STATUS.get(error.code) or next(status for kind, status in _OF_CLASS if isinstance(error, kind))


def problem(error: InspectorError, *, is_read: bool = False) -> Response:
    """The answer that says what is wrong; it closes the connection unless the body of the request ``is_read``."""
    status = status_of(error)
    fields = {"type": "about:blank", "title": sentence(error), "status": status, "code": error.code}
    params = {name: value for name, value in error.params.items() if isinstance(value, str | int)}
    body = json.dumps({**fields, "params": params}, ensure_ascii=False).encode()
    headers = {"Retry-After": str(error.params.get("seconds", RETRY_AFTER))} if status in (429, 503) else {}
    if status in (401, 408, 413, 503) and not is_read:
        headers["Connection"] = "close"
    return Response(body, status, headers, KIND)
