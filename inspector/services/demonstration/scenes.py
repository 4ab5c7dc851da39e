"""Pictures that nobody took: plain coloured scenes of offices, drawn without any library, as PNG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from random import Random

WIDTH, HEIGHT = 960, 720
"""Pixels; the share of a phone's picture."""

Colour = tuple[int, int, int]

WALL: Colour = (229, 226, 214)
FLOOR: Colour = (176, 168, 152)
WOOD: Colour = (156, 110, 70)
DARK: Colour = (70, 72, 78)
PAPER: Colour = (250, 250, 246)
INK: Colour = (88, 92, 104)
RED: Colour = (186, 48, 44)
GREEN: Colour = (72, 124, 88)
SKY: Colour = (150, 190, 222)
GLASS: Colour = (176, 206, 218)
SKIN: Colour = (222, 178, 146)


class Canvas:
    """A picture in the making; coordinates count from the top left, in pixels."""

    def __init__(self, background: Colour) -> None:
        self._rows = [bytearray(bytes(background) * WIDTH) for _ in range(HEIGHT)]

    def box(self, left: int, top: int, width: int, height: int, colour: Colour) -> None:
        """A filled rectangle; what lies outside the picture is cut off."""
        left, right = max(left, 0), min(left + width, WIDTH)
        if right > left:
            for row in self._rows[max(top, 0) : max(top + height, 0)]:
                row[3 * left : 3 * right] = bytes(colour) * (right - left)

    def disc(self, x: int, y: int, radius: int, colour: Colour) -> None:
        """A filled circle."""
        for offset in range(-radius, radius + 1):
            half = int((radius * radius - offset * offset) ** 0.5)
            self.box(x - half, y + offset, 2 * half, 1, colour)

    def lines(self, left: int, top: int, width: int, count: int, rng: Random) -> None:
        """Lines of writing that cannot be read."""
        for number in range(count):
            self.box(left, top + 14 * number, int(width * rng.uniform(0.55, 1)), 5, INK)

    def png(self) -> bytes:
        """The picture as a PNG file."""
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        content = zlib.compress(b"".join(b"\0" + bytes(row) for row in self._rows), 3)
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            _chunk(kind, data) for kind, data in ((b"IHDR", head), (b"IDAT", content), (b"IEND", b""))
        )


def draw(scene: str, seed: str) -> bytes:
    """A scene as a PNG; the seed moves furniture and people, so that no two pictures are the same file."""
    return _SCENES[scene](Random(f"{seed}/{scene}")).png()  # noqa: S311  -- furniture, not a secret


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _room(rng: Random) -> Canvas:
    shade = rng.randint(-10, 8)
    canvas = Canvas((WALL[0] + shade, WALL[1] + shade, WALL[2] + shade))
    canvas.box(0, 520, WIDTH, 200, FLOOR)
    canvas.box(0, 514, WIDTH, 8, DARK)
    return canvas


def _person(canvas: Canvas, x: int, y: int, rng: Random) -> None:
    coat = rng.choice([(240, 240, 240), (96, 128, 168), (196, 206, 216)])
    canvas.box(x - 42, y, 84, 120, coat)
    canvas.disc(x, y - 34, 34, SKIN)
    canvas.disc(x, y - 50, 30, DARK)
    canvas.disc(x, y - 28, 28, SKIN)


def _columns(canvas: Canvas, rng: Random, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    for row in range(rows):
        for column in range(columns):
            if rng.random() > 0.12:
                yield 150 + 112 * column, 130 + 150 * row


def _notice_board(rng: Random) -> Canvas:
    canvas = _room(rng)
    canvas.box(110, 84, 740, 420, WOOD)
    canvas.box(126, 100, 708, 388, GREEN)
    for left, top in _columns(canvas, rng, 2, 6):
        canvas.box(left, top, 92, 130, PAPER)
        canvas.box(left + 10, top + 10, 40, 6, RED)
        canvas.lines(left + 10, top + 28, 72, 6, rng)
    return canvas


def _counter(rng: Random) -> Canvas:
    canvas = _room(rng)
    canvas.box(0, 60, WIDTH, 50, RED)
    for place in range(4):
        left = 40 + 225 * place
        if rng.random() > 0.35:
            _person(canvas, left + 100, 260, rng)
        canvas.box(left, 150, 200, 12, DARK)
        canvas.box(left + 20, 300, 66, 46, DARK)
        canvas.box(left + 26, 306, 54, 34, GLASS)
    canvas.box(0, 360, WIDTH, 28, WOOD)
    canvas.box(0, 388, WIDTH, 190, (206, 196, 178))
    for place in range(rng.randint(2, 5)):
        canvas.box(90 + 160 * place, 600, 100, 70, (74, 104, 140))
    return canvas


def _shelf(rng: Random) -> Canvas:
    canvas = _room(rng)
    canvas.box(90, 60, 780, 580, WOOD)
    for row in range(4):
        canvas.box(106, 76 + 140 * row, 748, 124, (112, 78, 48))
        left = 112
        while left < 800:
            width = rng.randint(18, 44)
            canvas.box(left, 92 + 140 * row, width, 108, rng.choice([RED, GREEN, (64, 92, 150), (206, 180, 96)]))
            canvas.box(left + 4, 130 + 140 * row, width - 8, 26, PAPER)
            left += width + rng.randint(2, 30)
    return canvas


def _office(rng: Random) -> Canvas:
    canvas = _room(rng)
    canvas.box(560, 90, 260, 220, GLASS)
    canvas.box(684, 90, 8, 220, PAPER)
    for place in range(3):
        left, occupied = 70 + 290 * place, rng.random() > 0.55
        if occupied:
            _person(canvas, left + 120, 330, rng)
        canvas.box(left, 420, 240, 22, WOOD)
        canvas.box(left + 12, 442, 16, 150, DARK)
        canvas.box(left + 212, 442, 16, 150, DARK)
        canvas.box(left + 30, 350, 90, 64, DARK)
    return canvas


def _name_plates(rng: Random) -> Canvas:
    canvas = _room(rng)
    canvas.box(0, 330, WIDTH, 60, WOOD)
    canvas.box(0, 390, WIDTH, 330, (126, 88, 56))
    for place in range(3):
        left = 90 + 290 * place + rng.randint(-20, 20)
        canvas.box(left, 180, 150, 110, DARK)
        canvas.box(left + 10, 190, 130, 86, GLASS)
        if place == rng.randint(0, 2):
            canvas.box(left, 296, 170, 40, PAPER)
            canvas.lines(left + 16, 306, 130, 2, rng)
    return canvas


def _building(rng: Random) -> Canvas:
    canvas = Canvas(SKY)
    canvas.box(0, 540, WIDTH, 180, (124, 144, 96))
    canvas.box(150, 210, 660, 340, (226, 206, 150))
    canvas.box(120, 180, 720, 40, RED)
    for row in range(2):
        for column in range(6):
            colour = GLASS if rng.random() > 0.2 else DARK
            canvas.box(190 + 102 * column, 250 + 140 * row, 62, 80, colour)
    canvas.box(450, 430, 70, 120, WOOD)
    canvas.box(478, 60, 6, 130, DARK)
    canvas.box(484, 60, 80, 52, RED)
    return canvas


def _generator(rng: Random) -> Canvas:
    canvas = _room(rng)
    canvas.box(180, 420, 600, 160, (150, 150, 146))
    for bolt in range(4):
        canvas.disc(240 + 160 * bolt, 500, 10, DARK)
    canvas.box(60 + rng.randint(0, 40), 120, 150, 200, (196, 198, 190))
    canvas.lines(90, 150, 90, 8, rng)
    return canvas


def _paper(rng: Random) -> Canvas:
    """The scan of a signed page, lying on its side so as to fit."""
    canvas = Canvas((206, 206, 200))
    canvas.box(60, 30, 840, 660, PAPER)
    canvas.lines(110, 80, 300, 3, rng)
    canvas.lines(540, 80, 300, 3, rng)
    canvas.lines(110, 170, 740, 22, rng)
    canvas.disc(250, 580, 62, RED)
    canvas.disc(250, 580, 54, PAPER)
    canvas.lines(200, 566, 100, 2, rng)
    for stroke in range(24):
        canvas.box(600 + 7 * stroke, 560 + rng.randint(-26, 26), 9, 5, (40, 60, 150))
    return canvas


_SCENES: dict[str, Callable[[Random], Canvas]] = {
    "notice_board": _notice_board,
    "counter": _counter,
    "shelf": _shelf,
    "office": _office,
    "name_plates": _name_plates,
    "building": _building,
    "generator": _generator,
    "paper": _paper,
}
