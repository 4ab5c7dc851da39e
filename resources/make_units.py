"""Regenerate the unit tables in ``resources/units`` from the wheel of ``vietnamadminunits`` (a developer's script).

    pip download --no-deps vietnamadminunits==1.0.4
    python resources/make_units.py vietnamadminunits-1.0.4-py3-none-any.whl

The wheel is read as an archive and never installed: neither it nor what it needs belongs to the program. Its MIT notice
is copied beside the tables. ``index.json``, ``levels.json`` and ``amendments.tsv`` are kept by hand, not touched here.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path

UNITS = Path(__file__).resolve().parent / "units"
TWO_TIERS = "2025-07-01"
SOURCE = "VAU"  # explained in index.json
KINDS = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã", "Đặc khu")

# The resolution of 16/6/2025 that rearranged the communes of each province; the key is the province's code since then.
RESOLUTIONS = {
    "01": "1656", "04": "1657", "08": "1684", "11": "1661", "12": "1670", "14": "1681", "15": "1673", "19": "1683",
    "20": "1672", "22": "1679", "24": "1658", "25": "1676", "31": "1669", "33": "1666", "37": "1674", "38": "1686",
    "40": "1678", "42": "1665", "44": "1680", "46": "1675", "48": "1659", "51": "1677", "52": "1664", "56": "1667",
    "66": "1660", "68": "1671", "75": "1662", "79": "1685", "80": "1682", "82": "1663", "86": "1687", "91": "1654",
    "92": "1668", "96": "1655",
}  # fmt: skip

Row = tuple[str, ...]


def kind_and_name(full: str) -> tuple[str, str]:
    """Split "Thị Trấn Prao" into ("thị trấn", "Prao"). The type column of the source is wrong in seven rows."""
    full = unicodedata.normalize("NFC", full).strip()
    for kind in KINDS:
        if full.casefold().startswith(kind.casefold() + " "):
            return kind.lower(), full[len(kind) + 1 :]
    raise ValueError(full)


def unpack(wheel: Path) -> tuple[sqlite3.Connection, dict[str, dict[str, object]], str]:
    """The database, the conversion table and the licence out of the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        licence = archive.read(next(n for n in names if n.endswith("licenses/LICENSE"))).decode()
        conversion = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "units.db"
            file.write_bytes(archive.read("vietnamadminunits/data/dataset.db"))
            memory = sqlite3.connect(":memory:")
            disk = sqlite3.connect(file)
            disk.backup(memory)
            disk.close()
    return memory, conversion, licence


def provinces(db: sqlite3.Connection, merged: dict[str, list[str]]) -> tuple[list[Row], list[Row], list[Row]]:
    """Current rows, earlier rows and successions of provinces. Eleven went through 1/7/2025 without a change."""
    earlier = {
        key: (code, name)
        for code, name, key in db.execute("select distinct provinceCode, province, provinceKey from admin_units_legacy")
    }
    current = {
        key: (code, name)
        for code, name, key in db.execute("select distinct provinceCode, province, provinceKey from admin_units")
    }
    now: list[Row] = []
    before: list[Row] = []
    changed: list[Row] = []
    for key, olds in merged.items():
        code, full = current[key]
        kind, name = kind_and_name(full)
        since = "" if olds == [key] else TWO_TIERS
        now.append((code, kind, name, "", since, "", SOURCE))
        if since:
            for old in olds:
                old_code, old_full = earlier[old]
                before.append((old_code, *kind_and_name(old_full), "", "", TWO_TIERS, SOURCE))
                changed.append((old_code, code, "whole", "202"))
    return now, before, changed


def communes(db: sqlite3.Connection) -> tuple[list[Row], list[Row]]:
    """Current communes; earlier districts and communes. Five island districts had no commune."""
    now: list[Row] = [
        (code, *kind_and_name(full), province, TWO_TIERS, "", SOURCE)
        for code, full, province in db.execute("select wardCode, ward, provinceCode from admin_units")
    ]
    before: list[Row] = [
        (code, *kind_and_name(full), province, "", TWO_TIERS, SOURCE)
        for code, full, province in db.execute(
            "select distinct districtCode, district, provinceCode from admin_units_legacy"
        )
    ]
    before += [
        (code, *kind_and_name(full), district, "", TWO_TIERS, SOURCE)
        for code, full, district in db.execute(
            "select wardCode, ward, districtCode from admin_units_legacy where wardCode is not null"
        )
    ]
    return now, before


def successions(db: sqlite3.Connection, conversion: dict[str, dict[str, object]]) -> list[Row]:
    """Old code, new code, whole or part, act: 10,602 rows, 471 old units went to more than one new unit."""
    old = {
        f"{p}_{d}_{w or ''}": ward or district
        for p, d, w, ward, district in db.execute(
            "select provinceKey, districtKey, wardKey, wardCode, districtCode from admin_units_legacy"
        )
    }
    new = {
        (p, w): (code, province)
        for p, w, code, province in db.execute("select provinceKey, wardKey, wardCode, provinceCode from admin_units")
    }
    rows: list[Row] = []
    for province, joined in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, olds in joined.items():  # type: ignore[attr-defined]  # plain JSON of a known shape
            code, parent = new[province, key]
            rows += [(old[o], code, "whole", RESOLUTIONS[parent]) for o in olds]
    for province, divided in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for o, parts in divided.items():  # type: ignore[attr-defined]  # as above
            for part in parts:
                code, parent = new[province, part["newWardKey"]]
                rows.append((old[o], code, "part", RESOLUTIONS[parent]))
    return rows


def write(name: str, heading: str, rows: Iterable[Row]) -> None:
    """One table, sorted by level and code, so that a new version differs only where the units differ."""
    lines = ["\t".join(row) for row in sorted(rows, key=lambda row: (len(row[0]), row))]
    (UNITS / name).write_bytes(("\n".join([heading, *lines]) + "\n").encode())


def main(wheel: Path) -> None:
    db, conversion, licence = unpack(wheel)
    merged: dict[str, list[str]] = conversion["DICT_PROVINCE"]  # type: ignore[assignment]  # as above
    province_now, province_before, province_changed = provinces(db, merged)
    commune_now, before = communes(db)
    heading = "\t".join(("code", "kind", "name", "parent", "valid_from", "valid_to", "source"))
    write("current.tsv", heading, province_now + commune_now)
    write("earlier.tsv", heading, province_before + before)
    write("successions.tsv", "\t".join(("old", "new", "share", "act")), province_changed + successions(db, conversion))
    notice = re.sub(r"\r\n?", "\n", licence)
    (UNITS / "LICENSE-vietnamadminunits.txt").write_text(notice, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
