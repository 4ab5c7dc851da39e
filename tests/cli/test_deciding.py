"""``conflicts`` and ``decide`` at the terminal."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Office
from tests.cli.run import lines

OPENED = {"unit": "82/construction", "form": "on_site", "visit_date": "2026-09-15"}


@pytest.fixture
def torn(office: Office) -> Office:
    """Two remarks on one finding, neither written with the other in view."""
    finding = {"kind": "shortcoming", "content": "Niêm yết thiếu"}
    told = [
        {"id": "a", "act": "open_inspection", "with": OPENED},
        {"id": "f", "act": "add_finding", "inspection": "@a", "with": finding},
        *(
            {
                "id": f"f-{text}",
                "act": "edit_finding",
                "inspection": "@a",
                "with": {"finding": "@f", "facts": text},
                "seen": {"facts": []},
            }
            for text in ("một", "hai")
        ),
    ]
    assert office.run("record", source=lines(*told)).code == 0
    return office


def test_a_place_is_shown_decided_and_shown_as_decided(torn: Office) -> None:
    shown = torn.run("conflicts", "@a", "--json")
    (line,) = shown.data
    assert (shown.code, line["open"], line["label"], line["kind"]) == (1, True, "Dẫn chứng", "C2")
    assert sorted(one["words"] for one in line["opinions"]) == ["hai", "một"]
    wanted = next(one["letter"] for one in line["opinions"] if one["words"] == "hai")
    decided = torn.run("decide", "@a", line["code"], "--keep", wanted.lower(), "--why", "Xem lại ảnh")
    assert (decided.code, decided.err) == (0, "")
    after = torn.run("conflicts", "@a", "--all", "--json")
    assert (after.code, after.data[0]["decided"], after.data[0]["why"]) == (0, "hai", "Xem lại ảnh")
    assert torn.run("conflicts", "@a").out == ""


def test_people_read_both_texts_with_their_authors(torn: Office) -> None:
    said = torn.run("conflicts", "@a")
    assert "Phát hiện: Niêm yết thiếu. Dẫn chứng (cần quyết định)" in said.out
    assert "Nguyễn Văn An, Sở Nội vụ" in said.out
    assert said.err == "Còn 1 chỗ phải quyết định.\n"


def test_a_common_opinion_is_written(torn: Office) -> None:
    (line,) = torn.run("conflicts", "@a", "--json").data
    decided = torn.run("decide", "@a", line["code"], "--value", "một và hai", "--json")
    assert (decided.code, decided.data["place"]) == (0, f"finding/{line['id']}/facts")
    assert torn.run("show", "@a", "--json").data["findings"][0]["facts"] == "một và hai"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("aaaaaaaa", "--keep", "A"), 1, "conflict-not-found"),
        (("CODE", "--keep", "Z"), 1, "conflict-no-opinion"),
        (("CODE",), 2, "wrong-use"),
        (("CODE", "--keep", "A", "--value", "x"), 2, "wrong-use"),
    ],
)
def test_what_cannot_be_decided_is_said(torn: Office, words: tuple[str, ...], code: int, said: str) -> None:
    (line,) = torn.run("conflicts", "@a", "--json").data
    ran = torn.run("decide", "@a", *(line["code"] if word == "CODE" else word for word in words))
    assert (ran.code, ran.err.endswith(f"[{said}]\n")) == (code, True)
