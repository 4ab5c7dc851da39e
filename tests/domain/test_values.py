import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.registry import ENTITIES, Field, Member, Type
from inspector.domain.values import readable, stored


def value(kind: Type, raw: object, **more: tuple[str, ...]) -> object:
    return stored(Field("thử", kind, "Thử", **more), raw)  # type: ignore[arg-type]  # options are the only extra


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        (Type.TEXT, "  Tie\u0302\u0301ng\nViệt ", "Tiếng Việt"),
        (Type.TEXT, " \n ", None),
        (Type.LONG_TEXT, "một\r\nhai\x00\x0bba", "một\nhai\nba"),
        (Type.BOOL, False, False),
        (Type.INT, 0, 0),
        (Type.DECIMAL, "1,50", "1.5"),
        (Type.DECIMAL, 3, "3"),
        (Type.DECIMAL, "-0.0", "0"),
        (Type.DATE, " 2026-11-26 ", "2026-11-26"),
        (Type.TIME, "08:30", "08:30"),
        (Type.INSTANT, "2026-11-26T08:30", "2026-11-26T08:30:00"),
        (Type.LIST, ["a", " ", "b\n"], ["a", "b"]),
        (Type.BLOB, "ab" * 32, "ab" * 32),
    ],
)
def test_a_value_has_one_stored_form(kind: Type, raw: object, expected: object) -> None:
    assert value(kind, raw) == expected


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (Type.TEXT, 5, "value-needs-text"),
        (Type.LONG_TEXT, "a" * 20_001, "value-too-long"),
        (Type.BOOL, 1, "value-needs-yes-no"),
        (Type.INT, True, "value-needs-whole-number"),
        (Type.INT, -1, "value-needs-whole-number"),
        (Type.INT, 1.0, "value-needs-whole-number"),
        (Type.DECIMAL, 1.5, "value-needs-decimal"),
        (Type.DECIMAL, "NaN", "value-needs-decimal"),
        (Type.DECIMAL, "1e99999", "value-needs-decimal"),
        (Type.DATE, "26/11/2026", "value-needs-date"),
        (Type.TIME, "8 giờ", "value-needs-time"),
        (Type.INSTANT, "hôm nay", "value-needs-instant"),
        (Type.LIST, "a", "value-needs-list"),
        (Type.BLOB, "xyz", "value-needs-file"),
        (Type.CODE, "xyz", "value-needs-choice"),
    ],
)
def test_what_is_not_of_its_type_is_named(kind: Type, raw: object, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        value(kind, raw)
    assert caught.value.code == code
    assert caught.value.params["field"] == "thử"


def test_a_group_keeps_only_filled_members_and_names_wrong_ones() -> None:
    members = (Member("date", Type.DATE, "Ngày"), Member("issuer", Type.TEXT, "Nơi"))
    group = Field("plan", Type.GROUP, "Kế hoạch", members=members)
    assert stored(group, {"date": "2026-01-02", "issuer": " "}, members) == {"date": "2026-01-02"}
    assert stored(group, {"issuer": ""}, members) is None
    with pytest.raises(BadInput, match="value-unknown-member"):
        stored(group, {"number": "1"}, members)
    with pytest.raises(BadInput) as caught:
        stored(group, {"date": "mai"}, members)
    assert caught.value.params["field"] == "plan.date"


@given(st.text())
def test_storing_a_stored_text_changes_nothing(raw: str) -> None:
    once = value(Type.LONG_TEXT, raw)
    assert value(Type.LONG_TEXT, once) == once


def test_every_field_of_the_registry_can_be_stored() -> None:
    for entity in ENTITIES.values():
        for field in entity.fields:
            assert stored(field, None, field.members) is None
            assert (field.type is Type.GROUP) == bool(field.members)
            assert (field.type is Type.CODE) == bool(field.options)


@pytest.mark.parametrize("raw", ["1e-999999999", "1e999999999", "0." + "3" * 13, "1" * 16, "9" * 50, 10**15, 10**4000])
def test_a_decimal_nobody_could_mean_is_refused_at_once(raw: object) -> None:
    with pytest.raises(BadInput, match="value-needs-decimal"):
        value(Type.DECIMAL, raw)


def test_a_decimal_keeps_every_digit() -> None:
    assert value(Type.DECIMAL, "123456789012345.123456789012") == "123456789012345.123456789012"


def test_a_whole_number_has_at_most_the_digits_of_a_change_set() -> None:
    assert value(Type.INT, 10**15 - 1) == 10**15 - 1
    with pytest.raises(BadInput, match="value-needs-whole-number"):
        value(Type.INT, 10**15)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Type.DATE, "0001-01-01"),
        (Type.DATE, "9999-12-31"),
        (Type.INSTANT, "9999-12-31T23:59-12:00"),
        (Type.INSTANT, "0001-01-01T00:00+14:00"),
        (Type.TIME, "08:30+07:00"),
    ],
)
def test_a_day_no_inspection_can_be_on_is_refused(kind: Type, raw: str) -> None:
    with pytest.raises(BadInput, match="value-needs-"):
        value(kind, raw)


ANYTHING = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner))


@given(raw=ANYTHING)
def test_what_is_stored_is_read_back_and_nothing_is_read_that_could_not_be(raw: Json) -> None:
    for kind in [kind for kind in Type if kind is not Type.GROUP]:
        shape = Member("m", kind, "M", ("a", "b"))
        try:
            once = stored(shape, raw)
        except BadInput:
            continue
        assert readable(shape, once) == once


@given(raw=ANYTHING)
def test_reading_takes_any_value(raw: Json) -> None:
    for kind in Type:
        readable(Member("m", kind, "M"), raw, (Member("n", Type.DATE, "N"),))


def test_of_a_group_what_fits_is_read() -> None:
    members = (Member("date", Type.DATE, "Ngày"), Member("issuer", Type.TEXT, "Nơi"))
    group = Member("g", Type.GROUP, "G")
    assert readable(group, {"date": "hôm nay", "issuer": "UBND", "mood": "tốt"}, members) == {"issuer": "UBND"}
    assert readable(group, {"date": 5}, members) is None
    assert readable(group, "chữ", members) is None
