"""The program knows who sits at it."""

from __future__ import annotations

from inspector.services.signed_in import signed_in
from tests.services.laptops import ALL, Laptop


def test_the_person_is_the_one_the_laptop_was_set_up_for(laptop: Laptop) -> None:
    me = signed_in(laptop.desk)
    assert me.person == laptop.workspace.author.person
    assert me.name
    assert me.rights == set(ALL)
