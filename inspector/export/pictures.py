"""Photos made fit for paper and screen: upright, reduced, without place and device. The only module that knows Pillow.

Pictures come from unknown phones and sticks. Whatever the bytes, the answer is a prepared picture or a ``BadInput``.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeVar

from inspector.domain.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

T = TypeVar("T")
Rotation = Literal[0, 90, 180, 270]

DOCUMENT_SIDE = 1280
THUMBNAIL_SIDE = 320
LARGE_SIDE = 4096
QUALITY = 82
MOST_BYTES = 60 * 1024 * 1024
MOST_PIXELS = 120_000_000
KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "HEIF", "AVIF")

_TAKEN = 0x9003
_DETAILS = 0x8769


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready for use. ``width`` × ``height`` are the pixels of ``document_jpeg``.

    ``kind`` is the format it came in; ``taken_at`` what the camera wrote, in its own local time.
    """

    kind: str
    width: int
    height: int
    document_jpeg: bytes
    thumbnail_jpeg: bytes
    taken_at: datetime | None = None


def prepare(data: bytes, rotation: Rotation = 0) -> Prepared:
    """Reduces a picture to 1280 pixels for the document and 320 for lists, turned as the camera says plus ``rotation``.

    ``rotation`` is in degrees clockwise.

    Raises:
        BadInput: ``picture-too-large``, ``picture-not-recognised``, ``picture-damaged``, ``picture-rotation``.
    """
    return _guarded(_prepare, data, rotation)


def enlarge(data: bytes, rotation: Rotation = 0) -> bytes:
    """An upright JPEG of at most 4096 pixels, for looking closely. Raises as ``prepare``."""
    return _guarded(_enlarge, data, rotation)


def _guarded(make: Callable[[bytes, Rotation], T], data: bytes, rotation: Rotation) -> T:
    if rotation not in (0, 90, 180, 270):
        raise BadInput("picture-rotation", rotation=rotation)
    if len(data) > MOST_BYTES:
        raise BadInput("picture-too-large", megabytes=round(len(data) / 1024 / 1024))
    try:
        return make(data, rotation)
    except BadInput:
        raise
    except MemoryError as error:
        raise BadInput("picture-too-large", megabytes=round(len(data) / 1024 / 1024)) from error
    except Exception as error:  # decoders raise anything on hostile bytes: struct.error, SyntaxError, OverflowError …
        raise BadInput("picture-damaged") from error


def pictures_as_pdf(pages: Sequence[bytes]) -> bytes:
    """Photos of the pages of one paper as one PDF, in their order, upright and legible.

    Raises:
        BadInput: as ``prepare``.
    """
    from PIL import Image

    upright = [Image.open(io.BytesIO(enlarge(data))) for data in pages]
    out = io.BytesIO()
    upright[0].save(out, "PDF", save_all=True, append_images=upright[1:], resolution=300.0, quality=QUALITY)
    return out.getvalue()


def _prepare(data: bytes, rotation: Rotation) -> Prepared:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = _open(data)
        kind = str(picture.format)
        taken_at = _taken_at(picture)
        upright = _upright(picture, rotation, DOCUMENT_SIDE)
        small = upright.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return Prepared(kind, upright.width, upright.height, _jpeg(upright), _jpeg(small), taken_at)


def _enlarge(data: bytes, rotation: Rotation) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _jpeg(_upright(_open(data), rotation, LARGE_SIDE))


def _upright(picture: Image, rotation: Rotation, side: int) -> Image:
    """Turned as the camera says plus ``rotation``, and no longer than ``side``."""
    from PIL import ImageOps

    picture.draft("RGB", (side, side))
    picture.load()
    upright = _plain(ImageOps.exif_transpose(picture))
    upright.thumbnail((side, side))
    return upright.rotate(-rotation, expand=True) if rotation else upright


def _open(data: bytes) -> Image:
    from pi_heif import register_heif_opener
    from PIL import Image, UnidentifiedImageError

    Image.init()
    register_heif_opener(thumbnails=False)
    try:
        picture = Image.open(io.BytesIO(data), formats=[kind for kind in KINDS if kind in Image.OPEN])
    except UnidentifiedImageError as error:
        raise BadInput("picture-not-recognised") from error
    except Image.DecompressionBombError as error:
        raise BadInput("picture-too-large", megabytes=round(len(data) / 1024 / 1024)) from error
    if picture.width * picture.height > MOST_PIXELS:
        raise BadInput("picture-too-large", megabytes=round(len(data) / 1024 / 1024))
    return picture


def _plain(picture: Image) -> Image:
    """The picture in three colours; what was transparent becomes white, as on paper."""
    from PIL import Image

    if picture.mode in ("RGB", "L"):
        return picture.convert("RGB")
    if picture.mode.startswith(("I", "F")):
        return picture.convert("F").point(lambda value: value / 256).convert("L").convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _jpeg(picture: Image) -> bytes:
    """JPEG bytes with nothing in them but the picture: no place, no device, no time."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _taken_at(picture: Image) -> datetime | None:
    try:
        written = picture.getexif().get_ifd(_DETAILS).get(_TAKEN)
        return datetime.strptime(str(written).strip("\x00 "), "%Y:%m:%d %H:%M:%S")
    except Exception:  # a broken date is no reason to lose the photo
        return None
