"""What the minutes say of checklist items: one paragraph for each item about which something was recorded."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.domain.checklist import Item
from inspector.domain.evidence_prose import evidence_of
from inspector.domain.grounds import Grounds
from inspector.domain.inspection import Answer
from inspector.domain.phrases import clause, label, percent, sentence, sourced
from inspector.domain.record_prose import dossier_sentence, headcount_sentence
from inspector.domain.scoring import Ratio
from inspector.domain.tally import ratio_of
from inspector.domain.wording import count, number

_CHOICES = {("yes_no", "co"): "đạt yêu cầu", ("yes_no", "khong"): "chưa đạt yêu cầu"}
"""Items answered by yes or no ask whether something is as it has to be; a bare "có" would say less than was found."""


def content_lines(grounds: Grounds, code: str) -> list[str]:
    """The paragraphs of one content, in the order of the checklist; items nobody looked at are left out."""
    items = grounds.checklist.items_of(code) if grounds.checklist else ()
    return [line for item in items if (line := item_line(grounds, item))]


def item_line(grounds: Grounds, item: Item) -> str:
    """Like "- Mức độ hoàn thành kế hoạch: …; tỷ lệ 90 % (nguồn: …). Nhận xét.", or "" where nothing was recorded."""
    answer = grounds.inspection.answers.get(item.key)
    by_records = ratio_of(grounds, item) is not None and not (answer and answer.not_applicable)
    told = [*([] if by_records else _result(item, answer)), *_remarks(grounds, answer)]
    sample = dossier_sentence(grounds, item) if item.answer_type == "sample_dossiers" else ""
    heads = headcount_sentence(grounds, item) if item.answer_type == "headcount" else ""
    if sample:
        return f"- {' '.join((sample, *told))}"
    told = [heads, *told] if heads else told
    return f"- {_name(item)}: {' '.join(told)}" if told else ""


def result_words(item: Item, answer: Answer) -> str:
    """The answer inside a sentence: "đạt một phần", "số văn bản ký số là 48; …; tỷ lệ 96 %", "" if unanswered."""
    if answer.not_applicable:
        reason = clause(answer.reason)
        return f"không áp dụng (lý do: {reason})" if reason else "không áp dụng"
    if answer.value is not None:
        return _CHOICES.get((item.answer_type, answer.value)) or _choice_label(item, answer.value)
    return _figures(item, answer)


def _result(item: Item, answer: Answer | None) -> Iterator[str]:
    words = result_words(item, answer) if answer else ""
    if answer and words:
        source = sourced(answer.source, answer.extracted_at)
        yield f"{words} ({source})." if source else f"{words}."


def _remarks(grounds: Grounds, answer: Answer | None) -> Iterator[str]:
    if answer is None:
        return
    if remark := sentence(answer.remark):
        yield remark
    if evidence := evidence_of(grounds, "answer", answer.id):
        yield f"Minh chứng: {'; '.join(evidence)}."


def _choice_label(item: Item, value: str) -> str:
    known = next((choice.label for choice in item.type.choices if choice.value == value), value)
    return clause(known)


def _figures(item: Item, answer: Answer) -> str:
    told = [
        _figure(item.numerator_label or "tử số", answer.numerator),
        _figure(item.denominator_label or "mẫu số", answer.denominator),
        _figure(item.count_label or "số lượng", answer.count),
    ]
    if answer.numerator is not None and answer.denominator:
        told.append(f"tỷ lệ {percent(answer.numerator, answer.denominator)}")
    return "; ".join(part for part in told if part)


def _figure(name: str, value: int | None) -> str:
    return "" if value is None else f"{clause(name)} là {count(value)}"


def _name(item: Item) -> str:
    """The text of the item as the head of a paragraph; a colon inside it is followed by the word "kết quả"."""
    text = label(item.text)
    return f"{text}; kết quả" if ":" in text else text


def result_cell(item: Item, answer: Answer | None, counted_ratio: Ratio | None) -> str | None:
    """The result of an item in a table: "Đạt một phần", "48/50 (96 %)", "02", ``None`` while it was not checked."""
    if answer is not None and answer.not_applicable:
        return sentence(result_words(item, answer)).rstrip(".")
    if counted_ratio is not None:
        return _ratio_cell(counted_ratio.numerator, counted_ratio.denominator)
    if answer is None:
        return None
    if answer.value is not None:
        return next((choice.label for choice in item.type.choices if choice.value == answer.value), answer.value)
    if answer.numerator is not None and answer.denominator:
        return _ratio_cell(answer.numerator, answer.denominator)
    return None if answer.count is None else count(answer.count)


def _ratio_cell(numerator: int, denominator: int) -> str:
    return f"{number(numerator)}/{number(denominator)} ({percent(numerator, denominator)})"
