"""Acts on the paper: sections, signers, signing, what comes after."""

from __future__ import annotations

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import natural_id
from inspector.domain.registry import ENTITIES, Right, Type
from inspector.domain.sections import SECTIONS
from inspector.domain.text import clean
from inspector.services.acts.declare import Given, act, argument, fields, file
from inspector.services.acts.sealing import standing_seal
from inspector.services.case import Case, signature_id
from inspector.services.named_files import named_file

_SIGNER = argument("signer", Type.REF, "Người ký", required=True)
MOST_SIGNERS = 6


@act(
    "write_section",
    "Sửa một phần biên bản",
    *fields("minutes_section", "section", "body", required=("section", "body")),
    right=Right.DRAFT,
)
def write_section(case: Case, given: Given) -> str:
    """The secretary's text; proposals never overwrite it.

    The proposal it was written from is kept beside it, the present one where none is given.
    """
    if given["section"] not in SECTIONS and not str(given["section"]).startswith("content_"):
        raise BadInput("section-unknown", field="section", sections=", ".join(SECTIONS))
    section, body = str(given["section"]), given["body"]
    if isinstance(body, dict) and not body.get("proposal"):
        body = {**body, "proposal": case.proposal(section)}
    record = natural_id(case.space, "minutes_section", section)
    case.revive("minutes_section", record)
    case.put("minutes_section", record, {"section": section, "body": body})
    return record


@act(
    "drop_section",
    "Trở lại câu đề xuất",
    *fields("minutes_section", "section", required=("section",)),
    right=Right.DRAFT,
)
def drop_section(case: Case, given: Given) -> str:
    """The section follows its proposal again; undo brings the edited text back."""
    record = natural_id(case.space, "minutes_section", str(given["section"]))
    return case.remove("minutes_section", record)


@act("add_signer", "Thêm người ký", *fields("signer", required=("side", "position")), right=Right.DRAFT)
def add_signer(case: Case, given: Given) -> str:
    """One to six signers; a refusal or an absence is written down with its reason."""
    if len(case.all("signer")) >= MOST_SIGNERS:
        raise Refused("too-many-signers", most=MOST_SIGNERS)
    _check_outcome(given.get("outcome"))
    return case.create("signer", given)


@act("edit_signer", "Sửa người ký", _SIGNER, *fields("signer"), right=Right.DRAFT, after_sealing=True)
def edit_signer(case: Case, given: Given) -> str:
    """Between the seal and the signature only what became of the signing is written."""
    if standing_seal(case) is not None and set(given) - {"signer", "outcome"}:
        raise Refused("inspection-sealed", act="Sửa người ký")
    _check_outcome(given.get("outcome"))
    record = case.need("signer", given["signer"]).id
    case.put("signer", record, {name: value for name, value in given.items() if name != "signer"})
    return record


@act("remove_signer", "Bỏ người ký", _SIGNER, right=Right.DRAFT)
def remove_signer(case: Case, given: Given) -> str:
    return case.remove("signer", given["signer"])


@act(
    "enter_document",
    "Ghi vào sổ tệp văn bản đã lập",
    file("path", "Đường dẫn tới tệp"),
    *fields("issued_document", "kind", "template", "position", "made_at", required=("kind",)),
    right=Right.DRAFT,
    after_signing=True,
)
def enter_document(case: Case, given: Given) -> str:
    """A file that was made is kept by its hash; earlier ones stay listed."""
    path = named_file(given["path"])
    kept = case.keep_file(path, name=path.name, mime="application/octet-stream")
    file: dict[str, Json] = {"hash": kept.hash, "name": clean(kept.name), "size": kept.size}
    values = {name: value for name, value in given.items() if name != "path"}
    seal = standing_seal(case)
    if seal is not None and given["kind"] == "minutes":
        case.kind, case.payload = "issue", {"seal": seal.seal.changeset.hash.hex(), "docx": kept.hash}
    return case.create("issued_document", {**values, "file": file})


@act(
    "sign_minutes",
    "Ghi nhận biên bản đã ký",
    argument("date", Type.DATE, "Ngày ký", required=True),
    file("scan", "Đường dẫn tới bản quét có chữ ký", required=False),
    argument("document", Type.BLOB, "SHA-256 của tệp đã in; bỏ trống thì lấy bản lập sau cùng"),
    right=Right.DECIDE,
    after_sealing=True,
)
def sign_minutes(case: Case, given: Given) -> str:
    """From here on the inspection is not edited on this laptop; later facts go to a supplementary record."""
    signed: dict[str, Json] = {"date": given["date"], "document": _printed(case, given.get("document"))}
    if (scan := given.get("scan")) is not None:
        signed["scan"] = _keep_scan(case, scan)
    record = signature_id(case.space)
    case.revive("signature", record)
    case.put("signature", record, {"signed": signed})
    case.put("inspection", case.space, {"status": "finished"})
    return record


@act(
    "bind_scan",
    "Gắn bản quét có chữ ký",
    file("scan", "Đường dẫn tới bản quét"),
    right=Right.DECIDE,
    after_signing=True,
)
def bind_scan(case: Case, given: Given) -> str:
    """The scan of the signed paper, where it was not at hand on the day."""
    record = case.need("signature", signature_id(case.space))
    signed, scan = record.values.get("signed"), _keep_scan(case, given["scan"])
    case.put("signature", record.id, {"signed": {**(signed if isinstance(signed, dict) else {}), "scan": scan}})
    return record.id


@act(
    "add_supplement",
    "Lập biên bản bổ sung",
    *fields("supplement", required=("reason", "content")),
    right=Right.DRAFT,
    after_signing=True,
)
def add_supplement(case: Case, given: Given) -> str:
    """What became known after the signatures; the signed minutes stay as they are."""
    if not case.all("signature") and standing_seal(case) is None:
        raise Refused("not-signed-yet")
    return case.create("supplement", given)


def _printed(case: Case, wanted: Json) -> Json:
    """The minutes that were signed: those named, which must have been made here, or else the latest."""
    made = [record for record in case.all("issued_document") if record.values.get("kind") == "minutes"]
    found = [_hash_of(record.values) for record in sorted(made, key=lambda record: record.id)]
    if not found:
        raise Refused("nothing-to-sign")
    if wanted is not None and wanted not in found:
        raise Refused("record-not-found", entity=ENTITIES["issued_document"].label, id=wanted)
    return wanted or found[-1]


def _keep_scan(case: Case, scan: Json) -> str:
    path = named_file(scan, "scan")
    return case.keep_file(path, name=path.name, mime="application/octet-stream").hash


def _check_outcome(outcome: Json) -> None:
    if isinstance(outcome, dict) and outcome.get("state") in ("refused", "absent") and not outcome.get("reason"):
        raise Refused("reason-needed", act="Ghi việc từ chối hoặc vắng mặt khi ký")


def _hash_of(values: object) -> Json:
    file = values.get("file") if isinstance(values, dict) else None
    return file.get("hash") if isinstance(file, dict) else None
