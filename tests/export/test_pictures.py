"""Photos come out upright, reduced and without place, whatever came in; everything else is a BadInput."""

from __future__ import annotations

import io
import random
from datetime import datetime

import pytest
from PIL import Image

from inspector.domain.errors import BadInput
from inspector.export.pictures import Rotation, prepare

RED, BLUE = (200, 30, 30), (30, 30, 200)


def two_halves(width: int = 1600, height: int = 1200) -> Image.Image:
    """Red above, blue below."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    return picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def colour_at(data: bytes, across: float, down: float) -> str:
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    pixel = picture.getpixel((int(picture.width * across), int(picture.height * down)))
    assert isinstance(pixel, tuple)
    return "red" if pixel[0] > pixel[2] else "blue"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_every_usual_kind_is_read(kind: str) -> None:
    made = prepare(encoded(two_halves(), kind))
    assert (made.kind, made.width, made.height) == (kind, 1280, 960)
    assert Image.open(io.BytesIO(made.document_jpeg)).size == (1280, 960)
    assert Image.open(io.BytesIO(made.thumbnail_jpeg)).size == (320, 240)
    assert colour_at(made.document_jpeg, 0.5, 0.2) == "red"


def test_small_pictures_are_not_enlarged() -> None:
    made = prepare(encoded(two_halves(200, 100), "PNG"))
    assert (made.width, made.height) == (200, 100)


def phone_photo() -> bytes:
    """Turned by the camera, with time and place."""
    picture = two_halves()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2026:02:05 09:12:30"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (10.0, 30.0, 0.0)
    return encoded(picture, "JPEG", exif=exif.tobytes())


def test_a_phone_photo_is_set_upright_and_says_when_it_was_taken() -> None:
    made = prepare(phone_photo())
    assert (made.width, made.height) == (960, 1280)
    assert colour_at(made.document_jpeg, 0.9, 0.5) == "red"
    assert made.taken_at == datetime(2026, 2, 5, 9, 12, 30)


def test_place_and_device_do_not_leave_the_original() -> None:
    made = prepare(phone_photo())
    for data in (made.document_jpeg, made.thumbnail_jpeg):
        assert b"Exif" not in data
        assert len(Image.open(io.BytesIO(data)).getexif()) == 0


@pytest.mark.parametrize(
    ("rotation", "across", "down"), [(0, 0.5, 0.1), (90, 0.9, 0.5), (180, 0.5, 0.9), (270, 0.1, 0.5)]
)
def test_a_rotation_turns_clockwise(rotation: Rotation, across: float, down: float) -> None:
    assert colour_at(prepare(encoded(two_halves(), "PNG"), rotation).document_jpeg, across, down) == "red"


def test_transparent_becomes_white() -> None:
    made = prepare(encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert Image.open(io.BytesIO(made.document_jpeg)).getpixel((25, 25)) == (255, 255, 255)


def test_sixteen_bit_grey_keeps_its_tone() -> None:
    made = prepare(encoded(Image.new("I;16", (50, 50), 128 << 8), "PNG"))
    pixel = Image.open(io.BytesIO(made.document_jpeg)).getpixel((25, 25))
    assert isinstance(pixel, tuple)
    assert abs(int(pixel[0]) - 128) <= 2


BAD = {
    "empty": (b"", "picture-not-recognised"),
    "text": (b"khong phai anh", "picture-not-recognised"),
    "truncated": (encoded(two_halves(), "JPEG")[:900], "picture-damaged"),
    "truncated PNG": (encoded(two_halves(), "PNG")[:200], "picture-damaged"),
    "only a beginning": (b"\xff\xd8\xff\xe0" + bytes(40), "picture-not-recognised"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_bytes_are_said_to_be_bad(name: str) -> None:
    data, code = BAD[name]
    with pytest.raises(BadInput) as caught:
        prepare(data)
    assert caught.value.code == code


def test_a_picture_of_too_many_points_is_not_unpacked() -> None:
    bomb = encoded(Image.new("1", (16_000, 16_000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(BadInput, match="picture-too-large"):
        prepare(bomb)


def test_a_strange_rotation_is_refused() -> None:
    with pytest.raises(BadInput, match="picture-rotation"):
        prepare(encoded(two_halves(), "PNG"), 45)  # type: ignore[arg-type]  # what a file may ask for


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
def test_damaged_bytes_give_a_picture_or_bad_input(kind: str) -> None:
    good = encoded(two_halves(160, 120), kind)
    outcomes = {outcome(damaged(good, seed)) for seed in range(60)}
    assert outcomes <= {"picture", "picture-damaged", "picture-not-recognised", "picture-too-large"}


def damaged(good: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    data = bytearray(good)
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randrange(len(data))] if seed % 4 == 0 else data)


def outcome(data: bytes) -> str:
    try:
        made = prepare(data)
    except BadInput as error:
        return error.code
    return "picture" if made.document_jpeg.startswith(b"\xff\xd8\xff") else "nonsense"
