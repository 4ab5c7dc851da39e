"""The band that tells of somebody else's value for the item at hand, without touching what is being typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.services.desk import Change
from inspector.services.opinions import Opinion, Place, opinions
from inspector.ui.language import tr
from inspector.ui.pages.workspace.contents.answering import ANSWER
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from inspector.ui.session import Session
from inspector.ui.widgets.news import Banner, Tone

_FIELDS = ("result", "remark", "self_score", "final_score", "figures_from")


class NewsBand(QWidget):
    """Appears when a value arrives that nobody wrote here; ``see`` is done when it is looked at."""

    def __init__(self, session: Session, opened: OpenInspection, see: Callable[[], object]) -> None:
        super().__init__()
        self._session, self._opened, self._see = session, opened, see
        self._record = ""
        self._own: set[str] = set()
        self._known: dict[str, tuple[str, ...]] = {}
        self._banner: Banner | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.hide()
        session.changed.connect(self._hear)
        opened.refreshed.connect(self._look)

    def turn_to(self, _item: Item, record: str) -> None:
        """Another item is shown: what stands there now is no news."""
        if record != self._record:
            self._record = record
            self._known = self._standing()
            self.put_away()

    def put_away(self) -> None:
        banner, self._banner = self._banner, None
        self.hide()
        if banner is not None:
            self._rows.removeWidget(banner)
            banner.hide()
            banner.deleteLater()

    def _hear(self, change: Change) -> None:
        """What is written here is no news to whoever wrote it."""
        if change.receipt.space == self._opened.id:
            self._own |= {operation for write, operation in change.writes if write.entity == ANSWER}

    def _look(self, entities: frozenset[str]) -> None:
        if not self._record or not (entities == WHOLE or ANSWER in entities):
            return
        before, self._known = self._known, self._standing()
        arrived = {
            operation
            for field, operations in self._known.items()
            for operation in operations
            if operation not in before.get(field, ()) and operation not in self._own
        }
        if arrived:
            self._ask(arrived)

    def _standing(self) -> dict[str, tuple[str, ...]]:
        return {field: self._opened.sight.operations(ANSWER, self._record, field) for field in _FIELDS}

    def _ask(self, arrived: set[str]) -> None:
        inspection, record = self._opened.id, self._record
        places = [(ANSWER, record, field) for field in _FIELDS]

        def told(found: dict[Place, tuple[Opinion, ...]]) -> None:
            # An own act may be read before its news is heard.
            foreign = arrived - self._own
            authors = [head.author for heads in found.values() for head in heads if head.operation in foreign]
            if record == self._record and authors:
                self._tell(authors[0])

        self._session.ask(lambda desk: opinions(desk, inspection, places), told, owner=self)

    def _tell(self, author: str) -> None:
        self.put_away()
        words = (
            tr("{person} vừa ghi ý kiến khác cho mục này", person=author)
            if author
            else tr("Có người vừa ghi ý kiến khác cho mục này")
        )
        self._banner = Banner(Tone.INFORMATION, words, act=tr("Xem"), run=self._looked)
        self._rows.addWidget(self._banner)
        self.show()

    def _looked(self) -> None:
        self._see()
        self.put_away()
