"""The generated pages are those in the repository, and the registry only grows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector.domain.registry import ENTITIES
from inspector.services.reference_pages import pages, snapshot, write

ROOT = Path(__file__).resolve().parents[2]
RESULT = [member.name for member in next(f for f in ENTITIES["answer"].fields if f.name == "result").members]
EARLIER = sorted((ROOT / "tests" / "samples").glob("registry-*.json"))


@pytest.mark.documentation
@pytest.mark.parametrize("name", list(pages()))
def test_the_page_is_up_to_date(name: str) -> None:
    """Where this fails: ``python3 dev.py docs``."""
    assert (ROOT / name).read_text(encoding="utf-8") == pages()[name]


def test_pages_are_written_once(tmp_path: Path) -> None:
    assert sorted(path.relative_to(tmp_path).as_posix() for path in write(tmp_path)) == sorted(pages())
    assert write(tmp_path) == []


def test_there_is_an_earlier_registry() -> None:
    assert EARLIER


@pytest.mark.parametrize("file", EARLIER, ids=lambda file: file.stem)
def test_nothing_named_earlier_is_lost_or_changed(file: Path) -> None:
    earlier = json.loads(file.read_text(encoding="utf-8"))
    present: Any = snapshot()
    assert list(losses(earlier["entities"], present["entities"], "entities")) == []
    assert list(losses(earlier["acts"], present["acts"], "acts")) == []
    for level, keys in earlier["items"].items():
        assert set(keys) - set(present["items"][level]) == set()


def losses(earlier: Any, present: Any, place: str) -> list[str]:
    """Where a later version takes back what an earlier one promised: names may be added, options too."""
    if isinstance(earlier, dict):
        gone = [f"{place}.{name} is gone" for name in earlier if name not in present]
        kept = [name for name in earlier if name in present]
        return gone + [loss for name in kept for loss in losses(earlier[name], present[name], f"{place}.{name}")]
    if isinstance(earlier, list) and place.endswith("options"):
        return [] if set(earlier) <= set(present) else [f"{place} lost {sorted(set(earlier) - set(present))}"]
    return [] if earlier == present else [f"{place} was {earlier}, is {present}"]


@pytest.mark.parametrize(
    ("field", "change", "told"),
    [
        ("remark", {"type": "text"}, ["remark.type was long_text, is text"]),
        ("remark", {"right": "plan"}, ["remark.right was write, is plan"]),
        ("evidence_seen", {"rule": "set"}, ["evidence_seen.rule was minor, is set"]),
        ("result", {"members": {}}, [f"result.members.{name} is gone" for name in RESULT]),
        ("mood", {"type": "text"}, []),
    ],
)
def test_the_comparison_bites(field: str, change: dict[str, Any], told: list[str]) -> None:
    earlier: Any = json.loads(json.dumps(snapshot()))
    present: Any = json.loads(json.dumps(snapshot()))
    fields = present["entities"]["answer"]["fields"]
    fields[field] = {**fields.get(field, {}), **change}
    place = "entities.answer.fields"
    assert losses(earlier["entities"], present["entities"], "entities") == [f"{place}.{loss}" for loss in told]


def test_a_field_that_is_gone_is_named() -> None:
    earlier: Any = {"fields": {"remark": {"options": ["a", "b"]}, "score": {}}}
    present: Any = {"fields": {"remark": {"options": ["a", "c"]}}}
    assert losses(earlier, present, "answer") == [
        "answer.fields.score is gone",
        "answer.fields.remark.options lost ['b']",
    ]
