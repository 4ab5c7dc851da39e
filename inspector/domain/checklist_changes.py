"""What a new version of a checklist changes: items are recognised by their permanent keys."""

from __future__ import annotations

from dataclasses import dataclass, fields

from inspector.domain.checklist import Checklist, Item


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item in both versions: its number before and after, and the fields that differ besides the number."""

    key: str
    before: str
    after: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistChanges:
    """``changed`` items differ in content, ``renumbered`` ones only in number or place."""

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[ItemChange, ...]
    renumbered: tuple[ItemChange, ...]
    same_version: bool

    @property
    def nothing(self) -> bool:
        """Are all items the same?"""
        return not (self.added or self.removed or self.changed or self.renumbered)


def changes(before: Checklist, after: Checklist) -> ChecklistChanges:
    """Compare two versions. ``same_version`` tells that content changed and the version text did not."""
    old = {item.key: item for item in before.items}
    new = {item.key: item for item in after.items}
    moves = [_move(old[key], new[key]) for key in new if key in old]
    return ChecklistChanges(
        added=tuple(item for key, item in new.items() if key not in old),
        removed=tuple(item for key, item in old.items() if key not in new),
        changed=tuple(move for move in moves if move.fields),
        renumbered=tuple(move for move in moves if not move.fields and move.before != move.after),
        same_version=before.version == after.version and before.hash != after.hash,
    )


def _move(old: Item, new: Item) -> ItemChange:
    names = (field.name for field in fields(Item) if field.name != "code")
    different = tuple(name for name in names if getattr(old, name) != getattr(new, name))
    return ItemChange(new.key, old.code, new.code, different)
