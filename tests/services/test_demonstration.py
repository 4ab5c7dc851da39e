"""The demonstration: invented through and through, the same every time, in all states and forms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inspector.domain.errors import Refused
from inspector.domain.inspection import Inspection
from inspector.domain.units import UnitTable
from inspector.services.acts import ACTS
from inspector.services.demonstration.making import SECRETARY, Made, make
from inspector.services.demonstration.material import material
from inspector.services.demonstration.scenes import draw
from inspector.services.demonstration.telling import Teller, scripts, season_lines
from inspector.services.desk import Desk
from inspector.services.door import Ways, begin, home_of, open_desk
from inspector.services.issuing import check_file, file_name, issue_minutes, printable
from inspector.services.line_schema import line_schema
from inspector.services.overview import Wanted, listed
from inspector.system.folders import resources_dir
from tests.demonstrations import copy, told_of


def told(seed: int) -> list[str]:
    tellers = list(scripts(material(), seed))
    parts = [script for teller in tellers for script in (teller.before_minutes(), teller.after_minutes())]
    return [json.dumps(line, ensure_ascii=False) for script in parts for line in script.lines]


def test_a_seed_tells_one_story() -> None:
    assert told(1) == told(1)
    assert told(1) != told(2)


def test_every_line_fits_the_schema() -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(line_schema())
    seasons = [line for name, season in material().seasons.items() for line in season_lines(name, season)]
    lines = [*seasons, *(json.loads(line) for line in told(1))]
    shapes = {(line["act"], *sorted(line["with"])): line for line in lines}
    assert [error.message for line in shapes.values() for error in validator.iter_errors(line)] == []


def test_most_acts_are_shown() -> None:
    used = {json.loads(line)["act"] for line in told(1)}
    assert used <= set(ACTS)
    assert len(used) >= 25


def test_ids_are_used_once() -> None:
    assert [identity for identity, n in Counter(json.loads(line)["id"] for line in told(1)).items() if n > 1] == []


def test_no_unit_is_real() -> None:
    table = UnitTable(lambda name: (resources_dir() / name).read_bytes())
    rows = (resources_dir() / "demonstration" / "don-vi.csv").read_text(encoding="utf-8").splitlines()[1:]
    codes, names = {row.split(",")[0] for row in rows}, {row.split(",")[2] for row in rows}
    assert [code for code in codes if table.history(code)] == []
    assert [unit.title for name in names for unit in table.find(name) if unit.name.casefold() == name.casefold()] == []


def test_every_good_answer_and_shortcoming_is_of_an_item() -> None:
    of = material()
    items = {item.key.split(".", 1)[1] for checklist in of.checklists.values() for item in checklist.items}
    counted = {"reception.dossier_sample", "civil_service.headcount"}
    assert set(of.good) == items - counted
    assert {shortcoming.item for shortcoming in of.shortcomings.values()} <= items


def test_pictures_differ_and_are_drawn_alike() -> None:
    assert draw("counter", "a") == draw("counter", "a")
    assert draw("counter", "a") != draw("counter", "b")


@pytest.mark.parametrize("teller", list(scripts(material())), ids=lambda teller: teller.visit.key)
def test_the_facts_of_a_finding_are_the_facts_recorded(teller: Teller) -> None:
    """What the text says of the sample is what the sample adds up to."""
    lines: list[Any] = teller.before_minutes().lines
    late = sum(1 for line in lines if line["act"] == "add_dossier" and line["with"].get("apology") is not None)
    for line in lines:
        if line["id"].endswith("sample-late"):
            assert line["with"]["facts"].startswith(f"{late:02d}/")


@dataclass(frozen=True)
class Demonstration:
    """The workspace and what ``make`` said of it."""

    folder: Path
    made: Made
    told: list[str]

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        with open_desk(home_of(self.folder), Ways()) as desk:
            yield desk

    def inspections(self) -> list[Inspection]:
        with self.desk() as desk:
            return [desk.inspection(row.space) for row in desk.workspace.inspections()]


@pytest.fixture(scope="module")
def demonstration(demonstration_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    folder = copy(demonstration_template, tmp_path_factory.mktemp("demonstration") / "home")
    return Demonstration(folder, *told_of(demonstration_template))


def test_there_are_sixteen_and_most_have_minutes(demonstration: Demonstration) -> None:
    assert demonstration.made == Made(inspections=16, minutes=13)
    assert demonstration.told[0] == "UBND huyện Lam Khê"
    with_minutes = [one for one in demonstration.inspections() if any(d.kind == "minutes" for d in one.documents)]
    assert len(with_minutes) == 13


def test_all_forms_states_and_levels_are_there(demonstration: Demonstration) -> None:
    found = demonstration.inspections()
    assert {one.form for one in found} == {"on_site", "remote", "surprise"}
    assert Counter("signed" if one.signed else one.status for one in found) == Counter(
        signed=9, finished=4, open=1, planned=1, cancelled=1
    )
    assert {(one.unit.level, one.unit.kind) for one in found} == {
        ("district", "huyện"),
        ("district", "thành phố"),
        ("district", "thị xã"),
        ("commune", "xã"),
        ("commune", "phường"),
        ("commune", "đặc khu"),
        ("department", ""),
    }
    years = {one.visit_date.year for one in found if one.visit_date}
    assert years == {2022, 2026}


def test_what_the_office_will_look_for_is_shown_once(demonstration: Demonstration) -> None:
    found = demonstration.inspections()

    def where(shown: Callable[[Inspection], bool]) -> list[str | None]:
        return [one.unit.name for one in found if shown(one)]

    assert where(lambda one: any(signer.outcome == "refused" for signer in one.signers)) == ["Láng Sậy"]
    assert where(lambda one: bool(one.supplements)) == ["Trà Điền"]
    assert where(lambda one: any(member.substitute_for for member in one.team)) == ["Trà Điền"]
    assert where(lambda one: any(answer.final_score for answer in one.answers.values())) == ["Sở Xây dựng"]
    assert [one.signed.scan for one in found if one.signed and not one.signed.scan] == []


def test_the_signed_ones_are_listed_apart(demonstration: Demonstration) -> None:
    with demonstration.desk() as desk:
        signed = listed(desk, "inspections", Wanted(state="signed"))
        finished = listed(desk, "inspections", Wanted(state="finished"))
    assert {row["status"] for row in signed} == {"signed"}
    assert (len(signed), len(finished)) == (9, 13)


def test_nothing_disagrees(demonstration: Demonstration) -> None:
    assert [one.id for one in demonstration.inspections() if one.conflicts] == []


def test_a_workspace_is_never_made_over(demonstration: Demonstration) -> None:
    with pytest.raises(Refused) as caught:
        make(home_of(demonstration.folder))
    assert caught.value.code == "workspace-exists"


def test_one_that_was_interrupted_leaves_nothing_to_trip_over(tmp_path: Path) -> None:
    class Interrupted(BaseException):
        pass

    def interrupt(_unit: str) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        make(home_of(tmp_path / "home"), interrupt)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_making_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "home.dang-tao"
    begin(home_of(left), SECRETARY, Ways(demonstration=True))

    def stop(_unit: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):  # it got as far as telling its first visit
        make(home_of(tmp_path / "home"), stop)
    assert list(tmp_path.iterdir()) == []


def test_it_is_not_put_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ghi-chu.txt").write_text("của người khác", "utf-8")
    with pytest.raises(Refused) as caught:
        make(home_of(tmp_path / "home"))
    assert caught.value.code == "place-taken"
    assert [path.name for path in tmp_path.rglob("*")] == ["home", "ghi-chu.txt"]


def test_minutes_say_what_they_are_and_pass_the_check(demonstration: Demonstration, tmp_path: Path) -> None:
    """Open, signed and on its way: the banner stands on every one of them."""
    from docx import Document

    with demonstration.desk() as desk:
        chosen = printable(desk)
        assert len(chosen) == 14
        for inspection in (chosen[0], chosen[4], chosen[-1]):
            out = tmp_path / file_name(desk, inspection)
            issue_minutes(desk, inspection, out)
            texts = [paragraph.text for paragraph in Document(str(out)).paragraphs if paragraph.text]
            title = texts.index("BIÊN BẢN")
            assert texts[title + 2] == "TÀI LIỆU TRÌNH DIỄN"
            assert [problem for problem in check_file(out) if problem.severity != "advice"] == []
