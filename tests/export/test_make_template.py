"""The shipped template is what its script writes, and carries nothing of anybody else."""

from __future__ import annotations

import re

from inspector.export.layout_profile import Profile
from inspector.export.word.tags import TAGS
from resources.make_template import STYLE_IDS, build
from tests.export.conftest import part


def test_the_shipped_template_is_the_one_the_script_writes(profile: Profile, template: bytes) -> None:
    assert build(profile) == template


def test_every_element_of_the_profile_has_a_style(profile: Profile, template: bytes) -> None:
    assert list(STYLE_IDS) == list(profile.elements)
    names = re.findall(r'<w:name w:val="([^"]*)"/>', part(template, "word/styles.xml"))
    assert set(profile.style_names()) <= set(names)


def test_every_block_is_used_and_every_tag_is_known(template: bytes) -> None:
    used = set(re.findall(r"\{[{%]p? ?(?:if |elif |not |if not )*([a-z_]+)", part(template)))
    known = {tag.name for tag in TAGS}
    assert used - known - {"endif", "else", "p"} == set()
    assert {tag.name for tag in TAGS if tag.kind == "block"} - used == set()


def test_tag_names_are_plain_ascii() -> None:
    assert [tag.name for tag in TAGS if not re.fullmatch(r"[a-z_]+", tag.name)] == []


def test_all_four_font_slots_are_set(template: bytes, profile: Profile) -> None:
    styles = part(template, "word/styles.xml")
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert f'w:{slot}="{profile.font}"' in styles


def test_nothing_of_a_library_is_left(template: bytes) -> None:
    core = part(template, "docProps/core.xml")
    assert "python-docx" not in core
    assert "Kiểm tra CCHC" in core
