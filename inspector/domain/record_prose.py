"""What the minutes say of counted records: sampled dossiers (kiểm tra xác suất) and headcounts (kiểm đếm)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspector.domain.checklist import Item
from inspector.domain.dossiers import Assessed, Fault, Sample, Totals, totals
from inspector.domain.grounds import Grounds
from inspector.domain.headcount import is_complete, presence
from inspector.domain.inspection import DossierSample, Headcount, Inspection, SampleTotals
from inspector.domain.phrases import at_moment, clause, counted, label, percent, sentence
from inspector.domain.tally import headcounts_of, sample_of, totals_of
from inspector.domain.wording import count

_HEADS = (
    ("due", "được giao có mặt"),
    ("present", "có mặt"),
    ("absent_with_reason", "vắng có lý do"),
    ("absent_without_reason", "vắng không lý do"),
    ("without_badge", "không đeo thẻ"),
)
_FAULTS = (
    ("extra_papers", "bị yêu cầu giấy tờ ngoài quy định"),
    ("no_control_slip", "thiếu phiếu kiểm soát"),
    ("system_differs", "có trạng thái trên hệ thống khác thực tế"),
)
_TYPED_TOTALS = (
    ("on_time", "đúng hạn, trước hạn"),
    ("late", "trễ hạn"),
    ("late_with_apology", "trễ hạn đã có văn bản xin lỗi"),
    *_FAULTS,
)


def dossier_sentence(grounds: Grounds, item: Item) -> str:
    """How the sample was drawn and what it showed; dossiers handed over from a former unit are told apart."""
    listed, typed = sample_of(grounds, item), totals_of(grounds, item)
    told = [*_own(listed), *_handed_over(listed, grounds)] if listed else []
    if not told and typed:
        told = [_typed(typed)]
    drawn = _drawn(grounds.inspection.samples.get(item.key), _checked(grounds, item))
    results = [text for text in told if text]
    if not drawn:
        return " ".join(sentence(text) for text in results)
    return " ".join(sentence(text) for text in [": ".join((drawn, *results[:1])), *results[1:]])


def dossiers_checked(grounds: Grounds) -> int:
    """How many dossiers were checked, one by one or as totals alone."""
    items = grounds.checklist.items if grounds.checklist else ()
    return sum(_checked(grounds, item) for item in items if item.answer_type == "sample_dossiers")


def _checked(grounds: Grounds, item: Item) -> int:
    listed, typed = sample_of(grounds, item), totals_of(grounds, item)
    one_by_one = listed.own.checked + listed.handed_over.checked if listed else 0
    return one_by_one or ((typed.checked or 0) if typed else 0)


def _drawn(sample: DossierSample | None, number: int) -> str:
    """Like "Kiểm tra xác suất 26 hồ sơ trên tổng số 2.958 hồ sơ (cách chọn: …)", "" if nobody said so."""
    population = sample.population if sample else None
    how = [
        f"cách chọn: {clause(sample.method)}" if sample and clause(sample.method) else "",
        f"người chọn: {label(sample.chosen_by)}" if sample and label(sample.chosen_by) else "",
    ]
    parts = [
        f"Kiểm tra xác suất {counted(number, 'hồ sơ')}" if number else "Kiểm tra xác suất hồ sơ",
        f"trên tổng số {counted(population, 'hồ sơ')}" if population is not None else "",
        f"({'; '.join(part for part in how if part)})" if any(how) else "",
    ]
    said = [part for part in parts if part]
    return " ".join(said) if number or len(said) > 1 else ""


def _own(listed: Sample) -> Iterator[str]:
    found = listed.own
    if found.checked:
        rate = percent(found.faultless, found.checked)
        rows = [row for row in listed.rows if not row.handed_over]
        faultless = f"{counted(found.faultless, 'hồ sơ')} không có sai sót, tỷ lệ {rate}"
        yield "; ".join((faultless, *_faults(found, rows, "trễ nhiều nhất {days} ngày làm việc")))


def _handed_over(listed: Sample, grounds: Grounds) -> Iterator[str]:
    found = listed.handed_over
    if found.checked:
        since = " kể từ khi nhận bàn giao" if grounds.terms.taken_over else ""
        rows = [row for row in listed.rows if row.handed_over]
        told = "; ".join(_faults(found, rows, f"trễ nhiều nhất {{days}} ngày làm việc{since}"))
        yield f"Tính riêng {counted(found.checked, 'hồ sơ')} nhận bàn giao từ đơn vị cũ: {told}"


def _faults(found: Totals, rows: Iterable[Assessed], delay: str) -> Iterator[str]:
    late = [row for row in rows if Fault.LATE in row.faults]
    details = [
        delay.format(days=count(found.longest_delay)) if found.longest_delay else "",
        _some(found.unresolved_late, "chưa trả kết quả"),
        _some(sum(row.row.apology is True for row in late), "đã có văn bản xin lỗi"),
        _some(sum(row.row.apology is False for row in late), "chưa có văn bản xin lỗi"),
    ]
    told = "; ".join(part for part in details if part)
    late_ones = counted(found.late, "hồ sơ trễ hạn") if found.late else "không có hồ sơ trễ hạn"
    yield f"{late_ones} ({told})" if told else late_ones
    yield from (words for name, fault in _FAULTS if (words := _some(getattr(found, name), fault)))


def _some(number: int, what: str) -> str:
    return f"{counted(number, 'hồ sơ')} {what}" if number else ""


def _typed(given: SampleTotals) -> str:
    """Only what was typed: which faults met in one dossier is not known, so no rate is told."""
    said = ((getattr(given, name), words) for name, words in _TYPED_TOTALS)
    return "; ".join(f"{counted(number, 'hồ sơ')} {words}" for number, words in said if number is not None)


def headcount_sentence(grounds: Grounds, item: Item) -> str:
    """Who was due and who was there: at one place with its hour and note, at several their sum; the table has each."""
    rows = headcounts_of(grounds, item)
    whole = [row for row in rows if is_complete(row)]
    if len(whole) > 1:
        return "; ".join((_sum(whole), *_rate(whole))) + "."
    return " ".join(text for row in rows if (text := _counted_at(row)))


def headcount_places(inspection: Inspection) -> list[str]:
    """The places at which people were counted, each once."""
    return list(dict.fromkeys(label(row.place) for row in inspection.headcounts if label(row.place)))


def _counted_at(row: Headcount) -> str:
    numbers = _people((words, getattr(row, name)) for name, words in _HEADS)
    when = f" lúc {at_moment(row.at)}" if row.at else ""
    where = f" tại {label(row.place)}" if label(row.place) else ""
    said = "; ".join((f"kiểm đếm{when}{where}: {numbers}", *_rate([row]))) + "." if numbers else ""
    return " ".join(text for text in (said, sentence(row.note)) if text)


def _sum(whole: list[Headcount]) -> str:
    found = presence(whole)
    known = [(words, name) for name, words in _HEADS if all(getattr(row, name) is not None for row in whole)]
    places = list(dict.fromkeys(label(row.place) for row in whole))
    where = f"tại {', '.join(places)}" if all(places) else f"tại {counted(len(whole), 'nơi')}"
    return f"kiểm đếm {where}: tổng số {_people((words, getattr(found, name)) for words, name in known)}"


def _rate(rows: list[Headcount]) -> Iterator[str]:
    ratio = presence(rows).ratio
    if ratio is not None and all(row.absent_without_reason is not None for row in rows):
        yield f"tỷ lệ có mặt hoặc vắng có lý do {percent(ratio.numerator, ratio.denominator)}"


def _people(numbers: Iterable[tuple[str, int | None]]) -> str:
    return ", ".join(f"{words} {counted(number, 'người')}" for words, number in numbers if number is not None)


def area_totals(listed: Sample) -> list[tuple[str, Totals]]:
    """The unit's own dossiers by field, in the order in which the fields first appear; only finished rows."""
    own = [row for row in listed.rows if row.complete and not row.handed_over]
    areas = dict.fromkeys(label(row.row.area) for row in own)
    return [(area, totals(row for row in own if label(row.row.area) == area)) for area in areas]
