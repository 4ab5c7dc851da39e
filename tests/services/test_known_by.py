"""What a person types to open the data is the passphrase, or a recovery code, mistyped ones included."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.services.door import Newcomer, Ways, begin, home_of
from inspector.services.keys import known_by

CODE = "R2H0-12FZ-5F0G-C67S-5T3G-XFTE-PB95-Y5J1-G84C"
WORDS = "con mèo trên mái"


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        (CODE, Ways(recovery_code=CODE)),
        (CODE.lower().replace("-", " "), Ways(recovery_code=CODE.lower().replace("-", " "))),
        (CODE.replace("R2H0", "R2H1"), Ways(recovery_code=CODE.replace("R2H0", "R2H1"))),
        (WORDS, Ways(passphrase=WORDS)),
    ],
)
def test_a_passphrase_is_told_from_a_code(fast_tmp: Path, typed: str, way: Ways) -> None:
    home = home_of(fast_tmp / "home")
    begin(home, Newcomer("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam"), Ways(recovery_code=CODE, passphrase=WORDS))
    assert known_by(home, typed) == way


def test_where_there_is_no_passphrase_anything_is_meant_as_a_code(fast_tmp: Path) -> None:
    home = home_of(fast_tmp / "home")
    begin(home, Newcomer("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam"), Ways(demonstration=True))
    assert known_by(home, WORDS) == Ways(recovery_code=WORDS)
