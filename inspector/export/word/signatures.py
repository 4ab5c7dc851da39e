"""The signature block: never alone on a page, names on one line whatever wraps above them."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.domain.minutes import Form, MinutesSigner
from inspector.domain.text import clean
from inspector.domain.wording import DOTS
from inspector.export.text_width import balanced
from inspector.export.word.markup import LayoutRow, Writer

ROOM_TO_SIGN = 25.0
"""Millimetres between the office and the name, for a signature and a seal."""

_MARGIN = 3.0

ORDER_KEYS = {
    "don_vi": lambda signer: signer.side == "unit",
    "doan": lambda signer: signer.side == "team",
    "khac": lambda signer: signer.side == "other",
    "truong_doan": lambda signer: signer.role == "lead",
    "thu_ky": lambda signer: signer.role == "secretary",
}
"""What a template may write in ``khoi_ky(…)``: the first key that fits a signer decides the place."""

_UNIT = MinutesSigner(side="unit", role="unit_head", party="Đại diện đơn vị được kiểm tra")
_LEAD = MinutesSigner(side="team", role="lead", position="Trưởng đoàn")
_SECRETARY = MinutesSigner(side="team", role="secretary", position="Thư ký")


def signature_block(write: Writer, signers: Sequence[MinutesSigner], form: Form | None, order: Sequence[str]) -> str:
    """Pairs of signatures, each in three rows (office, room with note, name); the last of an odd number on the right.

    Nobody named: the places that form 1.9 has, with dotted names; a remote inspection has no place for the unit.
    """
    wanted = list(signers) or ([_LEAD, _SECRETARY] if form == "remote" else [_UNIT, _LEAD, _SECRETARY])
    ordered = sorted(wanted, key=lambda signer: _place(signer, order))
    rows: list[LayoutRow] = []
    for start in range(0, len(ordered), 2):
        rows += _rows(write, ordered[start : start + 2])
    half = write.profile.page.text_width / 2
    return write.layout_table((half, half), rows, "Chữ ký")


def _place(signer: MinutesSigner, order: Sequence[str]) -> int:
    return next((place for place, key in enumerate(order) if ORDER_KEYS[key](signer)), len(order))


def _rows(write: Writer, pair: Sequence[MinutesSigner]) -> list[LayoutRow]:
    """The odd last one signs on the right; the room to its left, one cell over three rows, is for Nơi nhận."""
    parts = (_office, _note, _name)
    rows = []
    for part in parts:
        cells = [(part(write, signer), 1) for signer in pair]
        rows.append(
            LayoutRow(tuple(cells) if len(pair) == 2 else (("", 1), *cells), ROOM_TO_SIGN if part is _note else None)
        )
    return rows


def _office(write: Writer, signer: MinutesSigner) -> str:
    lines = [signer.party, *signer.capacity, signer.position]
    element = write.profile.elements["signer"]
    box = write.profile.page.text_width / 2 - _MARGIN
    written = [
        write.paragraph("signer", balanced(write.profile, clean(line).upper(), element.size, box, bold=element.bold))
        for line in lines
        if line
    ]
    return "".join(written) or write.paragraph("signer", DOTS * 2)


def _note(write: Writer, signer: MinutesSigner) -> str:
    if signer.outcome == "refused":
        text = f"(Không ký biên bản. Lý do: {signer.reason or DOTS * 2})"
    elif signer.outcome == "absent":
        text = f"(Vắng mặt khi ký. Lý do: {signer.reason or DOTS * 2})"
    else:
        text = "(Ký tên, đóng dấu)" if signer.side == "unit" else "(Ký, ghi rõ họ tên)"
    return write.paragraph("signer_note", text)


def _name(write: Writer, signer: MinutesSigner) -> str:
    return write.paragraph("signer_name", signer.name or DOTS * 3, keep=True)
