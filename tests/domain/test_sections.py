from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.inspection import SectionText
from inspector.domain.sections import SECTIONS, Change, SectionState, content_key, merge_view

KEYS = (
    "legal_bases scope method content_1 content_2 content_3 content_4 content_5 content_6 content_7 content_8"
    " strengths good_practices shortcomings causes_internal causes_external opinion conclusion"
)


def test_the_keys_that_are_in_the_log_stay_as_they_are() -> None:
    assert " ".join(SECTIONS) == KEYS


def test_a_content_has_the_section_of_its_place() -> None:
    assert {section.content: section.key for section in SECTIONS.values() if section.content} == {
        code: content_key(code) for code in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
    }
    assert content_key("IX") == "content_IX"


def test_a_section_nobody_edited_follows_the_proposal() -> None:
    assert merge_view(None, "Đề xuất.") == SectionState("Đề xuất.", edited=False)
    assert merge_view(SectionText("scope", " \n", "Cũ."), "Mới.") == SectionState("Mới.", edited=False)


def test_an_edited_section_is_never_overwritten_and_shows_what_changed_since() -> None:
    edited = SectionText("content_1", "Thư ký viết lại.", "- Một. Hai.\n- Ba.")
    assert merge_view(edited, "- Một. Hai rưỡi.\n- Ba.\n- Bốn.") == SectionState(
        "Thư ký viết lại.",
        edited=True,
        changed_since=(Change("removed", "Hai."), Change("added", "Hai rưỡi."), Change("added", "- Bốn.")),
    )


def test_an_edited_section_is_quiet_while_nothing_new_was_recorded() -> None:
    assert merge_view(SectionText("scope", "Viết lại.", "Như cũ."), "Như cũ.").changed_since == ()


@given(st.lists(st.sampled_from(["A.", "B.", "C.", "D."])), st.lists(st.sampled_from(["A.", "B.", "C.", "D."])))
def test_what_changed_leads_from_the_earlier_proposal_to_the_present_one(before: list[str], now: list[str]) -> None:
    state = merge_view(SectionText("scope", "Viết lại.", "\n".join(before)), "\n".join(now))
    removed = sorted(change.text for change in state.changed_since if change.kind == "removed")
    added = sorted(change.text for change in state.changed_since if change.kind == "added")
    assert sorted([*before, *added]) == sorted([*now, *removed])
