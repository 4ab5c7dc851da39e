"""Acts of checking: answers, sampled dossiers, headcounts."""

from __future__ import annotations

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.ids import natural_id
from inspector.domain.registry import Right, Type
from inspector.services.acts.declare import Given, act, argument, fields
from inspector.services.case import Case
from inspector.services.library import answer_of

_ITEM = argument("item", Type.TEXT, "Khóa hoặc số của mục", required=True)
_DOSSIER = argument("dossier", Type.REF, "Hồ sơ", required=True)
_HEADCOUNT = argument("headcount", Type.REF, "Lần kiểm đếm", required=True)


@act("answer_item", "Ghi kết quả mục", _ITEM, *fields("answer", "result", "remark", "self_score", "figures_from"))
def answer_item(case: Case, given: Given) -> str:
    """Choice, numbers or not applicable with its reason, as the item's type asks; the remark may come along."""
    record, item = _answer(case, given)
    case.library.check_answer(case, item, answer_of(item, given.get("result"), self_score=given.get("self_score")))
    _put_answer(case, record, item, given)
    return record


@act("remark_item", "Ghi nhận xét mục", _ITEM, *fields("answer", "remark"))
def remark_item(case: Case, given: Given) -> str:
    record, item = _answer(case, given)
    _put_answer(case, record, item, given)
    return record


@act("score_item", "Ghi điểm mục", _ITEM, *fields("answer", "self_score", "final_score"), right=Right.DECIDE)
def score_item(case: Case, given: Given) -> str:
    """Self score of the unit and final score; the appraised score belongs to the result."""
    record, item = _answer(case, given)
    scores = {name: given.get(name) for name in ("self_score", "final_score")}
    case.library.check_answer(case, item, answer_of(item, None, **scores))
    _put_answer(case, record, item, given)
    return record


@act("see_evidence", "Đánh dấu minh chứng đã xem", _ITEM, *fields("answer", "evidence_seen"))
def see_evidence(case: Case, given: Given) -> str:
    record, item = _answer(case, given)
    _put_answer(case, record, item, given)
    return record


@act(
    "settle_unchecked",
    "Nêu lý do chung cho các mục chưa kiểm tra",
    *fields("inspection", "unchecked_reason"),
    right=Right.DECIDE,
)
def settle_unchecked(case: Case, given: Given) -> str:
    """The lead's one reason for every item nobody checked; printed so."""
    case.put("inspection", case.space, {"unchecked_reason": given.get("unchecked_reason")})
    return case.space


@act("add_dossier", "Thêm hồ sơ mẫu", *fields("dossier", required=("code",)))
def add_dossier(case: Case, given: Given) -> str:
    """A dossier by its code; the same code written twice is one dossier. Feeds the item it is sampled for."""
    record = case.keyed("dossier", "code", str(given["code"]))
    case.revive("dossier", record)
    case.put("dossier", record, {**given, "item": _sampled(case, given.get("item"))})
    return record


@act("edit_dossier", "Sửa hồ sơ mẫu", _DOSSIER, *fields("dossier"))
def edit_dossier(case: Case, given: Given) -> str:
    record = case.need("dossier", given["dossier"]).id
    values = {name: value for name, value in given.items() if name != "dossier"}
    if values.get("item") is not None:
        values["item"] = _key(case, values["item"])
    case.put("dossier", record, values)
    return record


@act("remove_dossier", "Xóa hồ sơ mẫu", _DOSSIER)
def remove_dossier(case: Case, given: Given) -> str:
    return case.remove("dossier", given["dossier"])


@act(
    "describe_sample",
    "Ghi cách chọn mẫu hồ sơ",
    *fields("dossier_sample", "item", "population", "method", "chosen_by", "totals"),
)
def describe_sample(case: Case, given: Given) -> str:
    """Population, way and person of the choice; totals alone where single dossiers are not written down."""
    item = _sampled(case, given.get("item"))
    record = natural_id(case.space, "dossier_sample", item)
    case.revive("dossier_sample", record)
    case.put("dossier_sample", record, {**given, "item": item})
    return record


@act("count_heads", "Kiểm đếm người có mặt", *fields("headcount", required=("place", "at", "counts")))
def count_heads(case: Case, given: Given) -> str:
    """One place at one moment; sums that do not add up are pointed out later, never refused."""
    record = natural_id(case.space, "headcount", str(given["place"]), str(given["at"]))
    item = given.get("item") or case.library.only_item(case, "headcount")
    case.revive("headcount", record)
    case.put("headcount", record, {**given, "item": _key(case, item) if item else None})
    return record


@act("edit_headcount", "Sửa lần kiểm đếm", _HEADCOUNT, *fields("headcount", "counts", "note"))
def edit_headcount(case: Case, given: Given) -> str:
    record = case.need("headcount", given["headcount"]).id
    case.put("headcount", record, {name: value for name, value in given.items() if name != "headcount"})
    return record


@act("remove_headcount", "Xóa lần kiểm đếm", _HEADCOUNT)
def remove_headcount(case: Case, given: Given) -> str:
    return case.remove("headcount", given["headcount"])


def _answer(case: Case, given: Given) -> tuple[str, str]:
    item = _key(case, given["item"])
    return natural_id(case.space, "answer", item), item


def _put_answer(case: Case, record: str, item: str, given: Given) -> None:
    case.revive("answer", record)
    case.put("answer", record, {"item": item, **{name: value for name, value in given.items() if name != "item"}})


def _key(case: Case, item: Json) -> str:
    return case.library.item(case, str(item)).key


def _sampled(case: Case, item: Json) -> str:
    chosen = item or case.library.only_item(case, "sample_dossiers")
    if chosen is None:
        raise BadInput("act-missing-argument", field="item", act="")
    return _key(case, chosen)
