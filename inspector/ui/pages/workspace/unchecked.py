"""Items nobody checked: how many they are, and the lead's one reason for all of them (lý do chung)."""

from __future__ import annotations

from inspector.domain.scoring import State
from inspector.ui.language import tr
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.prompting import Question


def count_unchecked(opened: OpenInspection) -> int:
    """Where people disagree about an item, somebody checked it."""
    inspection = opened.inspection
    disputed = {place.split("/")[1] for place in inspection.conflicts if place.startswith("answer/")}
    argued = {key for key, answer in inspection.answers.items() if answer.id in disputed}
    return sum(score.state is State.UNCHECKED and score.key not in argued for score in opened.scores)


def ask_why_unchecked(opened: OpenInspection) -> None:
    """Ask for the reason and record it."""
    question = Question(
        tr("Ghi lý do chung cho {count} mục chưa kiểm tra", count=count_unchecked(opened)),
        tr("Biên bản in lý do này cho mọi mục chưa kiểm tra. Mục được kiểm tra sau không còn tính vào đó."),
        tr("Ghi lý do"),
    )

    def settle(reason: str) -> None:
        opened.perform(
            "settle_unchecked",
            {"unchecked_reason": reason},
            at=("inspection", opened.id, ("unchecked_reason",)),
            words=tr("Đã ghi lý do chung cho các mục chưa kiểm tra"),
        )

    opened.session.prompter.ask_reason(question, settle)
