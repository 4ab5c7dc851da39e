"""An exchange point on loopback, and a laptop that asks."""

from __future__ import annotations

from tests.sync.conftest import folder, other, space, templates, workspace

__all__ = ["folder", "other", "space", "templates", "workspace"]
