"""Something a person should look at that does not stop the work (điều cần lưu ý), unlike a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attention:
    """``code`` is stable and has its sentence in ``resources/messages``; ``params`` fill it."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
