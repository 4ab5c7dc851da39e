"""What the palette lists: hits, places and commands as rows with words, a sign and what Enter does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from inspector.domain.text import fold
from inspector.services.quick_find import FEW, Found, Group, Kind, agreement
from inspector.ui.actions import Act, Acts
from inspector.ui.commands import Focus, Place
from inspector.ui.language import Words, tr
from inspector.ui.painting import Mark
from inspector.ui.palette.places import SCREENS, TABS
from inspector.ui.where import Screen, Tab, Where

PREFIXES: Mapping[str, tuple[Kind, ...]] = {">": (), "#": ("item",), "@": ("unit",)}
"""A sign before the words that narrows the search: commands, items, units."""


@dataclass(frozen=True)
class Entry:
    """A row. ``head`` names a group and cannot be chosen; ``closed`` tells why Enter does nothing.

    A phrase is shown in the language of the window, content as it is.
    """

    words: Words
    detail: Words = ""
    icon: str = ""
    tone: str = "text2"
    mark: Mark | None = None
    caps: tuple[str, ...] = ()
    where: Where | None = None
    act: Act | None = None
    head: bool = False
    closed: Words = ""
    everything: bool = False
    """Enter asks for all results of the same words."""


@dataclass(frozen=True)
class Wish:
    """What was typed: the words, and the sign before them."""

    words: str
    sign: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.sign


def wish_of(typed: str) -> Wish:
    text = typed.strip()
    return Wish(text[1:].strip(), text[0]) if text[:1] in PREFIXES else Wish(text)


def hits(groups: Iterable[Group]) -> list[Entry]:
    """The groups of a search, each under its head."""
    entries: list[Entry] = []
    for group in groups:
        more = group.total > len(group.hits)
        aside = tr("{shown} trong {count}", shown=len(group.hits), count=group.total) if more else ""
        entries.append(Entry(_HEADS[group.kind], aside, head=True))
        entries += [_hit(found) for found in group.hits]
    return entries


def commands(acts: Acts, wish: Wish, most: int) -> list[Entry]:
    """What can be done now, closed ones among them."""
    found = _acts(acts)
    if wish.words:
        ranked = [(agreement(wish.words, str(entry.words)), entry) for entry in found]
        found = [entry for rank, entry in sorted(_known(ranked), key=lambda pair: pair[0])]
    return [Entry(tr("Lệnh"), head=True), *found[:most]] if found else []


def commands_here(acts: Acts) -> list[Entry]:
    """The commands of the screen that is shown, before those that work everywhere."""
    found = _acts(acts)
    own = [entry for entry in found if entry.act is not None and entry.act.command.place is not Place.EVERYWHERE]
    rest = [entry for entry in found if entry not in own]
    return [Entry(tr("Lệnh của màn hình này"), head=True), *own, *rest] if found else []


def places(last: Sequence[Where], names: Mapping[str, str]) -> list[Entry]:
    """Where somebody was before, by what the inspections are called."""
    found = [_place(where, names) for where in last if where.screen is not Screen.WORKSPACE or names[where.inspection]]
    return [Entry(tr("Vừa mở"), head=True), *found[:FEW]] if found else []


def screens(wish: Wish) -> list[Entry]:
    """The screen that is called exactly so, before whatever else has these words in it."""
    wanted = fold(wish.words)
    found = [_place(Where(screen), {}) for screen, (words, _) in SCREENS.items() if fold(str(words)) == wanted]
    return [Entry(tr("Màn hình"), head=True), *found] if found and not wish.sign else []


def everything(wish: Wish, count: int) -> Entry:
    """The row that asks for all results."""
    words = tr("Xem mọi kết quả của “{words}”", words=wish.words)
    detail = tr("{count} kết quả", count=count)
    return Entry(words, detail, icon="search", caps=("Ctrl+Enter",), everything=True)


def _acts(acts: Acts) -> list[Entry]:
    """One row for each thing that can be done: several keys for it are one row, and the open one counts."""
    found: dict[str, Entry] = {}
    for act in acts.all():
        if act.command.native or act.command.id == "palette" or not act.isVisible() or not act.owner.isVisible():
            continue
        words, entry = str(act.words), _act(act)
        known = found.get(words)
        if known is None or _is_better(entry, known):
            found[words] = entry
    return list(found.values())


def _is_better(one: Entry, other: Entry) -> bool:
    """An open one before a closed one, the key that works everywhere before that of a list."""
    if one.closed or other.closed:
        return bool(other.closed) and not one.closed
    return other.act is not None and other.act.command.focus is Focus.LIST


def _act(act: Act) -> Entry:
    closed = "" if act.isEnabled() else act.reason or tr("Chưa dùng được lúc này")
    return Entry(act.words, closed, act.command.icon or "chevron-right", caps=act.caps, act=act, closed=closed)


def _place(where: Where, names: Mapping[str, str]) -> Entry:
    if where.screen is not Screen.WORKSPACE:
        words, icon = SCREENS[where.screen]
        return Entry(words, icon=icon, where=where)
    return Entry(names[where.inspection], TABS[where.tab], "clipboard-check", where=where)


def _hit(found: Found) -> Entry:
    entry = Entry(found.text, found.detail, where=_where(found))
    if found.kind == "item":
        return replace(entry, mark=_MARKS.get(found.sign), icon="message-square")
    if found.kind == "finding":
        icon, tone = _FINDINGS.get(found.sign, ("flag", "no"))
        return replace(entry, icon=icon, tone=tone)
    return replace(entry, icon=_ICONS[found.kind])


def _where(found: Found) -> Where:
    if found.kind == "item":
        return Where(Screen.WORKSPACE, found.inspection, Tab.CONTENTS, "item", found.record)
    if found.kind == "finding":
        return Where(Screen.WORKSPACE, found.inspection, Tab.FINDINGS, "finding", found.record)
    if found.kind == "inspection":
        return Where(Screen.WORKSPACE, found.inspection)
    if found.kind == "unit":
        return Where(Screen.UNITS, record=found.record)
    return Where(Screen.CHECKLISTS, record=found.record, field=found.part)


def _known(ranked: Iterable[tuple[int | None, Entry]]) -> list[tuple[int, Entry]]:
    return [(rank, entry) for rank, entry in ranked if rank is not None]


_HEADS: Mapping[Kind, Words] = {
    "item": tr("Mục kiểm tra"),
    "finding": tr("Phát hiện"),
    "inspection": tr("Cuộc kiểm tra"),
    "unit": tr("Đơn vị"),
    "checklist": tr("Bộ tiêu chí"),
}
_ICONS: Mapping[Kind, str] = {"inspection": "clipboard-check", "unit": "building-2", "checklist": "file-text"}
_MARKS = {
    "met": Mark.MET,
    "partly": Mark.PARTLY,
    "not_met": Mark.NOT_MET,
    "not_applicable": Mark.NOT_APPLICABLE,
    "unchecked": Mark.UNCHECKED,
}
_FINDINGS = {"strength": ("star", "ok"), "good_practice": ("zap", "accent2"), "shortcoming": ("flag", "no")}
