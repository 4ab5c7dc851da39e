"""Which page shows which screen. A page is imported when somebody first goes there: so the window is up at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from inspector.ui.actions import Acts
from inspector.ui.pages.page import Page
from inspector.ui.session import Session
from inspector.ui.where import Screen

Factory = Callable[[Session, Acts], Page]


def _home(session: Session, acts: Acts) -> Page:
    from inspector.ui.pages.home.page import HomePage

    return HomePage(session, acts)


def _inspections(session: Session, acts: Acts) -> Page:
    from inspector.ui.pages.inspections.page import InspectionsPage

    return InspectionsPage(session, acts)


def _new_inspection(session: Session, acts: Acts) -> Page:
    from inspector.ui.pages.new_inspection.page import NewInspectionPage

    return NewInspectionPage(session, acts)


def _units(session: Session, acts: Acts) -> Page:
    from inspector.ui.pages.units.page import UnitsPage

    return UnitsPage(session, acts)


def _checklists(session: Session, acts: Acts) -> Page:
    from inspector.ui.pages.checklists.page import ChecklistsPage

    return ChecklistsPage(session, acts)


def _exchange(session: Session, acts: Acts) -> Page:
    from inspector.ui.pages.exchange.page import ExchangePage

    return ExchangePage(session, acts)


def _settings(session: Session, acts: Acts) -> Page:
    from inspector.ui.pages.settings.page import SettingsPage

    return SettingsPage(session, acts)


def _workspace(session: Session, acts: Acts) -> Page:
    from inspector.ui.pages.workspace.page import WorkspacePage

    return WorkspacePage(session, acts)


PAGES: Mapping[Screen, Factory] = {
    Screen.HOME: _home,
    Screen.INSPECTIONS: _inspections,
    Screen.NEW_INSPECTION: _new_inspection,
    Screen.UNITS: _units,
    Screen.CHECKLISTS: _checklists,
    Screen.EXCHANGE: _exchange,
    Screen.SETTINGS: _settings,
    Screen.WORKSPACE: _workspace,
}
