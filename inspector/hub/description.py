"""What the office's hub answers, in the words of OpenAPI 3.1: ``python -m inspector.hub.description`` writes it down.

A test holds it to the routes and to real answers. The messages are those of ``sync/wire.py`` and ``sync/greeting.py``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector.hub.app import MOST_CHUNK, MOST_GREETING
from inspector.hub.problems import KIND
from inspector.sync import wire
from inspector.sync.frames import MOST_ITEMS, MOST_PACKED, MOST_UNPACKED

VERSION = "1"
FILE = "docs/hub-api.json"

Schema = Mapping[str, Any]

JSON, OCTETS = "application/json", "application/octet-stream"
_SPACE = "/v1/spaces/{space}"
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Operation:
    """One path and method: ``gives`` is the good answer, ``errors`` are the statuses of problems besides the common."""

    method: str
    path: str
    summary: str
    good: int = 200
    gives: str = ""
    takes: str = ""
    most: int = 0
    session: bool = True
    errors: tuple[int, ...] = ()
    asks: tuple[str, ...] = ()
    """Headers and parameters of the question, by name in ``_ASKED``."""
    tells: tuple[str, ...] = ()
    """Headers of the good answer."""
    disk: bool = True

    @property
    def statuses(self) -> list[int]:
        found = {self.good, *self.errors}
        found |= {401} if self.session else set()
        found |= {400, 413} if self.takes else set()
        found |= {503} if self.disk else set()
        return sorted(found)


OPERATIONS = (
    Operation(
        "get",
        "/v1/hello",
        "Máy chủ là ai: chứng thư, chữ ký trên số ngẫu nhiên của bên hỏi và khóa TLS, lần dựng, "
        "giờ của máy chủ để người đọc.",
        gives="Hello",
        session=False,
        errors=(400,),
        asks=("nonce",),
    ),
    Operation(
        "post",
        "/v1/session",
        "Xin một số để ký; số có giá trị năm phút.",
        gives="Nonce",
        takes="Device",
        most=MOST_GREETING,
        session=False,
        disk=False,
    ),
    Operation(
        "put",
        "/v1/session",
        "Chứng minh là máy đã nêu tên; mã phiên có giá trị 60 phút.",
        gives="Token",
        takes="Proof",
        most=wire.MOST_SMALL,
        session=False,
        errors=(401,),
    ),
    Operation(
        "post",
        "/v1/join",
        "Vào lần đầu bằng giấy mời của máy chủ. Máy thứ hai dùng cùng giấy mời nhận 409, kèm ai đã "
        "dùng và lúc nào; sau năm lần sai trong một giờ từ một địa chỉ nhận 429.",
        gives="Joined",
        takes="Proof",
        most=wire.MOST_SMALL,
        session=False,
        errors=(401, 403, 409, 429),
    ),
    Operation("get", "/v1/spaces", "Các không gian mà máy này được đọc.", gives="Spaces"),
    Operation(
        "post",
        f"{_SPACE}/have",
        "Hai bên có gì trong một không gian.",
        gives="Answer",
        takes="Holds",
        most=wire.MOST_HOLDS,
    ),
    Operation(
        "post",
        f"{_SPACE}/push",
        "Gửi bản ghi. Trả lời chỉ sau khi đã nằm trên đĩa. Bản ghi có chữ ký đúng không bao giờ bị từ chối: "
        f"giá trị của nó nằm trong kết quả. Nhiều nhất {MOST_ITEMS} bản ghi, {MOST_UNPACKED // _MIB} MiB khi mở nén.",
        gives="Results",
        takes="frame",
        most=MOST_PACKED,
    ),
    Operation(
        "post",
        f"{_SPACE}/fetch",
        "Lấy bản ghi theo dòng hoặc theo mã băm, từng khung một.",
        gives="page",
        takes="Request",
        most=wire.MOST_HOLDS,
        errors=(403,),
    ),
    Operation(
        "get",
        f"{_SPACE}/hashes/{{stream}}",
        "Số và mã băm của mọi bản ghi trong một dòng.",
        gives="Hashes",
        errors=(403,),
    ),
    Operation(
        "post",
        f"{_SPACE}/receipt",
        "Biên nhận có chữ ký về những gì máy chủ giữ của một không gian.",
        gives="Receipt",
        errors=(403,),
    ),
    Operation(
        "post",
        f"{_SPACE}/blobs/need",
        "Trong số các tệp đưa ra, máy chủ còn thiếu tệp nào và đã có bao nhiêu byte đầu.",
        gives="Sizes",
        takes="Sizes",
        most=wire.MOST_HOLDS,
    ),
    Operation(
        "post",
        f"{_SPACE}/blobs/have",
        "Trong số các tệp hỏi đến, máy chủ có trọn tệp nào.",
        gives="Sizes",
        takes="Names",
        most=wire.MOST_HOLDS,
        errors=(403,),
    ),
    Operation(
        "head",
        f"{_SPACE}/blobs/{{sha256}}",
        "Một tệp đã đến bao nhiêu byte; có Upload-Length là đã trọn.",
        errors=(400, 403),
        tells=("Upload-Offset",),
    ),
    Operation(
        "patch",
        f"{_SPACE}/blobs/{{sha256}}",
        "Gửi một đoạn của tệp. 409 nói vị trí đúng, không hại gì; 460: cả tệp không khớp mã băm, các đoạn bị bỏ.",
        good=204,
        takes="octets",
        most=MOST_CHUNK,
        errors=(403, 409, 460),
        asks=("Upload-Offset", "Upload-Length", "Upload-Checksum"),
        tells=("Upload-Offset",),
    ),
    Operation(
        "get",
        f"{_SPACE}/blobs/{{sha256}}",
        "Đọc một đoạn của tệp, nhiều nhất một MiB mỗi lần.",
        good=206,
        gives="octets",
        errors=(400, 403, 416),
        asks=("Range",),
        tells=("Content-Range",),
    ),
    Operation("get", "/v1/health", "Máy chủ và cơ sở dữ liệu có trả lời không.", gives="Health", session=False),
    Operation(
        "get",
        "/v1/metrics",
        "Số liệu cho máy theo dõi, dạng Prometheus; không có tên ai.",
        gives="metrics",
        session=False,
    ),
)

_BARE = {("patch", 409), ("get", 416)}
"""Answers that are no problem document: a header says everything."""

_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_NUMBERED = {"type": "array", "prefixItems": [{"type": "integer"}, _HASH], "minItems": 2, "maxItems": 2}
_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_SIGNED = {"type": "array", "prefixItems": [_TEXT, _TEXT], "minItems": 2, "maxItems": 2}


def _each(one: Schema) -> dict[str, Any]:
    return {"type": "array", "items": one}


def _object(**fields: Schema) -> dict[str, Any]:
    return {"type": "object", "required": list(fields), "properties": fields}


_ENDS = {"type": "object", "additionalProperties": _each(_NUMBERED)}
_RESULT = {"type": "array", "prefixItems": [_HASH, _TEXT, {"type": ["string", "null"]}], "minItems": 3, "maxItems": 3}

SCHEMAS: dict[str, dict[str, Any]] = {
    "Problem": _object(type=_TEXT, title=_TEXT, status={"type": "integer"}, code=_TEXT, params={"type": "object"}),
    "Hello": _object(
        oldest=_COUNT, newest=_COUNT, id=_TEXT, incarnation=_TEXT, time=_TEXT, proof=_TEXT, certificates=_each(_SIGNED)
    ),
    "Device": _object(device=_TEXT),
    "Nonce": _object(nonce=_HASH),
    "Proof": _object(nonce=_HASH, signature=_TEXT, certificates=_each(_SIGNED)),
    "Token": _object(token=_TEXT),
    "Joined": _object(invitation=_TEXT, name=_TEXT, at=_TEXT, office=_HASH, recovery=_TEXT, spaces=_each(_TEXT)),
    "Spaces": _object(spaces=_each(_TEXT)),
    "Holds": _object(ends=_ENDS, held=_each(_HASH)),
    "Answer": _object(
        ends=_ENDS, held=_each(_HASH), forks=_each(_TEXT), lacks=_each(_HASH), closed={"type": "boolean"}
    ),
    "Results": _object(results=_each(_RESULT)),
    "Request": _object(
        ranges=_each({"type": "array", "prefixItems": [_TEXT, _COUNT], "minItems": 2, "maxItems": 2}),
        hashes=_each(_HASH),
        place={"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2},
        room=_COUNT,
    ),
    "Hashes": _object(hashes=_each(_NUMBERED)),
    "Sizes": _object(sizes={"type": "object", "additionalProperties": _COUNT}),
    "Names": _object(names=_each(_HASH)),
    "Receipt": _object(receipt=_TEXT, signature=_TEXT),
    "Health": _object(status={"const": "ok"}),
}
_OTHERS = {
    "frame": (OCTETS, "Khung zstd của: độ dài (4 byte) ‖ bản ghi ‖ chữ ký (64 byte), lặp lại."),
    "page": (OCTETS, "Một dòng JSON {place: [số, số] hoặc null}, rồi một khung."),
    "octets": (OCTETS, "Các byte của tệp."),
    "metrics": ("text/plain", "Mỗi dòng một số."),
}
_ASKED: dict[str, tuple[str, Schema]] = {
    "nonce": ("query", _HASH),
    "Upload-Offset": ("header", _COUNT),
    "Upload-Length": ("header", _COUNT),
    "Upload-Checksum": ("header", {"type": "string", "pattern": "^sha256 [0-9a-f]{64}$"}),
    "Range": ("header", {"type": "string", "pattern": "^bytes=[0-9]+-[0-9]+$"}),
}
_SAID = {
    400: "Không đọc được câu hỏi.",
    401: "Chưa chứng minh là ai, hoặc phiên đã hết.",
    403: "Máy này không được đọc, hoặc giấy mời không dùng được.",
    409: "Không khớp với những gì máy chủ có.",
    413: "Dài quá giới hạn.",
    416: "Tệp không có đoạn này.",
    429: "Thử quá nhiều lần; Retry-After nói khi nào trở lại.",
    460: "Cả tệp không khớp mã băm.",
    503: "Đang bận, hoặc cơ sở dữ liệu chưa trả lời; hỏi lại sau Retry-After giây. Chưa nhận gì.",
}


def description() -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Máy chủ của văn phòng, Kiểm tra CCHC", "version": VERSION},
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Operation) -> dict[str, Any]:
    said: dict[str, Any] = {"summary": one.summary}
    parameters = list(_parameters(one))
    if parameters:
        said["parameters"] = parameters
    if one.session:
        said["security"] = [{"session": []}]
    if one.takes:
        limit = f"Nhiều nhất {one.most} byte."
        said["requestBody"] = {"required": True, "description": limit, "content": _content(one.takes)}
    said["responses"] = {str(status): _response(one, status) for status in one.statuses} | {
        "default": {"description": "Lỗi khác: 500 lỗi của máy chủ, 507 đầy ổ đĩa …", "content": _problem()}
    }
    return said


def _parameters(one: Operation) -> Iterator[dict[str, Any]]:
    for part in one.path.split("/"):
        if part.startswith("{"):
            shape = _HASH if part == "{sha256}" else _TEXT
            yield {"name": part[1:-1], "in": "path", "required": True, "schema": shape}
    for name in one.asks:
        place, schema = _ASKED[name]
        yield {"name": name, "in": place, "required": True, "schema": schema}


def _response(one: Operation, status: int) -> dict[str, Any]:
    if status == one.good:
        headers = {name: {"required": True, "schema": _TEXT} for name in one.tells}
        fields = {"headers": headers, "content": _content(one.gives) if one.gives else {}}
        return {"description": "Được.", **{name: value for name, value in fields.items() if value}}
    said: dict[str, Any] = {"description": _SAID[status]}
    if status in (429, 503):
        said["headers"] = {"Retry-After": {"required": True, "schema": _COUNT}}
    if (one.method, status) in _BARE or one.method == "head":
        return said
    return said | {"content": _problem()}


def _content(name: str) -> dict[str, Any]:
    if name in SCHEMAS:
        return {JSON: {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    kind, words = _OTHERS[name]
    return {kind: {"schema": {"description": words}}}


def _problem() -> dict[str, Any]:
    return {KIND: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def written() -> str:
    """The page as it lies in ``docs``."""
    return json.dumps(description(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    made = Path.cwd() / FILE
    made.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{made}\n")
