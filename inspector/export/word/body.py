"""The parts of the minutes that are lists, tables or long texts, each as ready WordprocessingML.

An empty part becomes dotted lines, so that the paper can be completed by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inspector.domain.minutes import (
    Figure,
    FindingOpinion,
    HeadcountLine,
    Minutes,
    MinutesRecommendation,
    ResultSection,
    SampleLine,
    Shortcoming,
    TeamAttendee,
    UnitAttendee,
)
from inspector.domain.wording import DOTS, amount, number, short_day, short_moment
from inspector.export.word.markup import Column, Writer

_BEGINS_A_BASIS = ("căn cứ", "thực hiện", "theo ", "xét ")
_ENDS = " ;.,\n"

SAMPLE_TITLE = "Kết quả kiểm tra mẫu hồ sơ thủ tục hành chính"
HEADCOUNT_TITLE = "Kết quả kiểm đếm người có mặt"
SAMPLE_COLUMNS = (
    Column("Lĩnh vực, thủ tục", 36),
    Column("Tổng số", 15, "table_number"),
    Column("Đã kiểm tra", 15, "table_number"),
    Column("Đúng hạn", 15, "table_number"),
    Column("Trễ hạn", 14, "table_number"),
    Column("Trễ, chưa xin lỗi", 16, "table_number"),
    Column("Thiếu phiếu kiểm soát", 17, "table_number"),
    Column("Đòi thêm giấy tờ", 17, "table_number"),
    Column("Khác trạng thái hệ thống", 20, "table_number"),
)
HEADCOUNT_COLUMNS = (
    Column("Nơi kiểm đếm", 36),
    Column("Thời điểm", 27, "table_number"),
    Column("Phải có mặt", 15, "table_number"),
    Column("Có mặt", 14, "table_number"),
    Column("Vắng có lý do", 16, "table_number"),
    Column("Vắng không lý do", 17, "table_number"),
    Column("Không đeo thẻ", 18, "table_number"),
    Column("Ghi chú", 22),
)
RECOMMENDATION_COLUMNS = (
    Column("STT", 13, "table_number"),
    Column("Nội dung kiến nghị, yêu cầu", 60),
    Column("Đơn vị, người thực hiện", 33),
    Column("Thời hạn", 32, "table_number"),
    Column("Báo cáo kết quả về", 27),
)


def legal_bases(write: Writer, texts: Iterable[str]) -> str:
    """Căn cứ: one a line, ending with a semicolon, the last with a full stop."""
    bases = [text.strip(_ENDS) for text in texts if text.strip(_ENDS)] or [f"Căn cứ {DOTS * 8}"]
    worded = [base if base.lower().startswith(_BEGINS_A_BASIS) else f"Căn cứ {base}" for base in bases]
    return "".join(write.paragraph("legal_basis", line) for line in _punctuated(worded))


def team(write: Writer, people: Sequence[TeamAttendee]) -> str:
    """Who of the team was there, who was not and why, who stood in for whom."""
    present = _dashes(write, [_team_line(person) for person in people if not person.absent])
    absent = [_absent_line(person) for person in people if person.absent]
    return present + (write.paragraph("body", "Vắng mặt:", keep=True) + _dashes(write, absent) if absent else "")


def unit(write: Writer, people: Sequence[UnitAttendee]) -> str:
    return _dashes(write, [_listed(person.name, person.title, person.department) for person in people])


def _team_line(person: TeamAttendee) -> str:
    line = _listed(person.name, person.title, person.agency)
    if person.role:
        line += f": {person.role}"
    return f"{line} (dự thay {person.substitute_for})" if person.substitute_for else line


def _absent_line(person: TeamAttendee) -> str:
    return f"{_listed(person.name, person.title, person.agency)}; lý do: {person.absent_reason or DOTS}"


def _listed(name: str | None, *rest: str | None) -> str:
    return ", ".join([name or DOTS * 3, *(text or DOTS * 2 for text in rest)])


def results(write: Writer, minutes: Minutes) -> str:
    """One heading a content, then prose, figures, tables; a table no content claims comes last."""
    tables = _Tables(write, minutes)
    written = [_result(write, section, tables) for section in minutes.results]
    return ("".join(written) or write.dotted(6)) + tables.rest()


def _result(write: Writer, section: ResultSection, tables: _Tables) -> str:
    content = "".join(write.prose("body", text) for text in section.paragraphs if text.strip())
    content += "".join(write.paragraph("dash", _figure(figure)) for figure in section.figures)
    content += "".join(tables.take(name) for name in section.tables)
    return write.paragraph("heading_2", section.title) + (content or write.dotted(2))


def _figure(figure: Figure) -> str:
    taken = f"lấy lúc {short_moment(figure.taken_at)}" if figure.taken_at else ""
    source = f"nguồn: {figure.source}" if figure.source else ""
    origin = ", ".join(text for text in (source, taken) if text)
    return f"- {figure.label}: {amount(figure.value, figure.unit)}{f' ({origin})' if origin else ''}."


class _Tables:
    """Gives each table once and numbers them as they come."""

    def __init__(self, write: Writer, minutes: Minutes) -> None:
        self.write = write
        self.waiting: dict[str, tuple[str, str]] = {}
        if minutes.samples:
            self.waiting["dossiers"] = (SAMPLE_TITLE, sample_table(write, minutes.samples))
        if minutes.headcounts:
            self.waiting["headcount"] = (HEADCOUNT_TITLE, headcount_table(write, minutes.headcounts))
        self.given = 0

    def take(self, name: str) -> str:
        if name not in self.waiting:
            return ""
        title, table = self.waiting.pop(name)
        self.given += 1
        heading = self.write.paragraph("table_title", f"Bảng {self.given}. {title}")
        return heading + table + self.write.paragraph("break", "")

    def rest(self) -> str:
        return "".join(self.take(name) for name in list(self.waiting))


def sample_table(write: Writer, lines: Sequence[SampleLine]) -> str:
    rows = (
        write.row(
            SAMPLE_COLUMNS,
            (
                line.field or DOTS,
                *map(
                    number,
                    (
                        line.population,
                        line.checked,
                        line.on_time,
                        line.late,
                        line.late_without_apology,
                        line.no_control_slip,
                        line.extra_papers,
                        line.system_differs,
                    ),
                ),
            ),
        )
        for line in lines
    )
    return write.table(SAMPLE_COLUMNS, rows, SAMPLE_TITLE)


def headcount_table(write: Writer, lines: Sequence[HeadcountLine]) -> str:
    rows = (
        write.row(
            HEADCOUNT_COLUMNS,
            (
                line.place or DOTS,
                short_moment(line.at),
                *map(
                    number,
                    (line.due, line.present, line.absent_with_reason, line.absent_without_reason, line.without_badge),
                ),
                line.note or "",
            ),
        )
        for line in lines
    )
    return write.table(HEADCOUNT_COLUMNS, rows, HEADCOUNT_TITLE)


def shortcomings(write: Writer, minutes: Minutes) -> str:
    """Tồn tại, hạn chế. Their numbers are typed, not automatic: other parts of the paper and the screens cite them."""
    if minutes.shortcomings_text:
        return write.prose_or_dots("body", minutes.shortcomings_text)
    return "".join(_shortcoming(write, finding) for finding in minutes.shortcomings) or write.dotted(4)


def _shortcoming(write: Writer, finding: Shortcoming) -> str:
    parts = [write.prose("numbered", f"{finding.number}. {finding.content or DOTS * 8}")]
    if finding.facts:
        parts.append(write.prose("body", finding.facts, lead="Thực tế kiểm tra: "))
    if finding.evidence:
        parts.append(write.prose("body", _sentence(finding.evidence), lead="Minh chứng: "))
    if finding.legal_bases:
        parts.append(write.prose("body", _sentence(finding.legal_bases), lead="Căn cứ: "))
    return "".join(parts)


def recommendations(write: Writer, wanted: Sequence[MinutesRecommendation]) -> str:
    """The table of what is to be done, by whom, until when, reported to whom."""
    if not wanted:
        return write.dotted(4)
    rows = (
        write.row(
            RECOMMENDATION_COLUMNS,
            (
                str(position),
                _demand(one),
                one.responsible or DOTS,
                short_day(one.deadline) if one.deadline else one.deadline_words or DOTS,
                one.report_to or DOTS,
            ),
        )
        for position, one in enumerate(wanted, 1)
    )
    table = write.table(RECOMMENDATION_COLUMNS, rows, "Kiến nghị, yêu cầu khắc phục")
    return table + write.paragraph("break", "")


def _demand(one: MinutesRecommendation) -> str:
    text = one.content or DOTS
    if not one.findings:
        return text
    return f"{text}\n(khắc phục tồn tại số {', '.join(str(finding) for finding in one.findings)})"


def opinion(write: Writer, general: Sequence[str], by_finding: Sequence[FindingOpinion]) -> str:
    """What the unit says, in general and on single shortcomings."""
    parts = [write.prose("body", text) for text in general if text.strip()]
    parts += [write.prose("body", one.text, lead=f"Về tồn tại số {one.number}: ") for one in by_finding]
    return "".join(parts) or write.dotted(4)


def unchecked(write: Writer, items: Sequence[str], reason: str | None) -> str:
    """What was not checked and the one reason the lead gave."""
    return _dashes(write, items) + write.prose("body", reason or DOTS * 8, lead="Lý do: ")


def recipients(write: Writer, names: Sequence[str]) -> str:
    """Nơi nhận: the archive line comes last and ends with a full stop."""
    lines = [name.strip().removeprefix("-").strip(_ENDS) for name in names]
    lines = [line for line in lines if line] or [DOTS * 3]
    if not any(line.lower().startswith("lưu") for line in lines):
        lines.append(f"Lưu: {DOTS * 2}")
    last = len(lines) - 1
    return "".join(
        write.paragraph("recipient", f"- {line}", keep=place < last) for place, line in enumerate(_punctuated(lines))
    )


def _dashes(write: Writer, lines: Sequence[str]) -> str:
    texts = [line.strip(_ENDS) for line in lines if line.strip(_ENDS)]
    return "".join(write.prose("dash", f"- {line}") for line in _punctuated(texts)) or write.dotted(2)


def _punctuated(lines: Sequence[str]) -> list[str]:
    return [f"{line};" for line in lines[:-1]] + [f"{line}." for line in lines[-1:]]


def _sentence(texts: Sequence[str]) -> str:
    return "; ".join(text.strip(_ENDS) for text in texts if text.strip(_ENDS)) + "."
