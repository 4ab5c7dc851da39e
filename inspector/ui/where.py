"""Places of the program one can go to, back from, and that the palette and the list of work name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Screen(Enum):
    """The screens of the rail, and the workspace of one inspection."""

    HOME = "home"
    INSPECTIONS = "inspections"
    UNITS = "units"
    CHECKLISTS = "checklists"
    EXCHANGE = "exchange"
    SETTINGS = "settings"
    WORKSPACE = "workspace"
    NEW_INSPECTION = "new-inspection"


class Tab(Enum):
    """The tabs of the workspace, in their order."""

    CONTENTS = "contents"
    FINDINGS = "findings"
    DOSSIERS = "dossiers"
    PEOPLE = "people"
    MINUTES = "minutes"
    DECISIONS = "decisions"


@dataclass(frozen=True)
class Where:
    """``inspection`` and ``tab`` in the workspace. ``entity`` and ``record`` name what is shown there, ``field`` what
    gets the caret; elsewhere ``record`` is a unit, a checklist or a group of the settings.
    """

    screen: Screen
    inspection: str = ""
    tab: Tab = Tab.CONTENTS
    entity: str = ""
    record: str = ""
    field: str = ""
