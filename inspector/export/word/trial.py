"""Invented minutes a template is tried with: one with every part, one without any, one concluded from reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from inspector.domain.minutes import (
    Appendices,
    CheckedDocument,
    Closing,
    Figure,
    FindingOpinion,
    HeadcountLine,
    Minutes,
    MinutesHeader,
    MinutesRecommendation,
    MomentAt,
    Origin,
    ResultSection,
    SampleLine,
    Shortcoming,
    TeamAttendee,
    Unchecked,
    UnitAttendee,
)

_DAY = date(2026, 2, 5)
_TEXT = 'Nội dung thử của mẫu, có dấu & < > " và chữ Việt: Ủy ban nhân dân xã Gò Sen.'


def trials() -> tuple[Minutes, ...]:
    """What a template has to bear before it is accepted."""
    origin = Origin("thu-mau", datetime(2026, 2, 5, 17, tzinfo=UTC), "Người thử mẫu", None, "THU-MAU")
    whole = _whole(origin)
    return (
        Minutes(origin=origin),
        whole,
        replace(whole, form="remote", unit_attendees=(), opinion=(), finding_opinions=(), appendices=Appendices()),
        replace(whole, supplement=True),
    )


def _whole(origin: Origin) -> Minutes:
    return Minutes(
        origin=origin,
        form="surprise",
        header=MinutesHeader("Ủy ban nhân dân tỉnh Sen Hồng", ("Đoàn kiểm tra", "CCHC"), "5", "BB-ĐKT", "Gò Sen", _DAY),
        summary="Kiểm tra công tác cải cách hành chính tại xã Gò Sen",
        banner="BẢN THỬ MẪU",
        legal_bases=("Quyết định số 12/QĐ-UBND",),
        unit="Ủy ban nhân dân xã Gò Sen",
        team="Đoàn kiểm tra",
        opening=MomentAt(_DAY, time(8), "xã Gò Sen"),
        team_attendees=(TeamAttendee("Nguyễn Văn A", "Chuyên viên", "Sở Nội vụ", "Trưởng đoàn"),),
        unit_attendees=(UnitAttendee("Trần Thị B", "Chủ tịch", "Ủy ban nhân dân xã Gò Sen"),),
        scope=(_TEXT,),
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        method=(_TEXT,),
        results=(ResultSection("I", "Chỉ đạo, điều hành", (_TEXT,), (Figure("Hồ sơ", 5, "hồ sơ"),), ("dossiers",)),),
        samples=(SampleLine("Đất đai", 10, 5, 4, 1),),
        headcounts=(HeadcountLine("Bộ phận Một cửa", None, 9, 8, 1, 0),),
        strengths=(_TEXT,),
        good_practices=(_TEXT,),
        shortcomings=(Shortcoming(1, _TEXT, _TEXT, (_TEXT,)),),
        causes_internal=(_TEXT,),
        causes_external=(_TEXT,),
        recommendations=(MinutesRecommendation(_TEXT, "Chủ tịch xã", _DAY, None, "Sở Nội vụ", (1,)),),
        opinion=(_TEXT,),
        finding_opinions=(FindingOpinion(1, _TEXT),),
        unchecked=Unchecked(("VI.4. Nhà, đất dôi dư",), _TEXT),
        closing=Closing(_DAY, time(16, 30), 8, 2),
        recipients=("Như trên", "Lưu: VT"),
        appendices=Appendices(documents=(CheckedDocument("01/KH-UBND", _DAY, "Xã Gò Sen", _TEXT),)),
    )
