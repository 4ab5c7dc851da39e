"""Witnesses (máy cùng giữ): a laptop that holds what another one sealed says so by itself, as soon as it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inspector.domain.ids import new_id
from inspector.domain.seal import KINDS, Standing, standing_seals

if TYPE_CHECKING:
    from inspector.domain.changeset import ChangeSet
    from inspector.storage.workspace import Workspace


class Witnessing:
    """Looks whenever something came in: at a space that has a seal which this laptop did not witness yet.

    A record that no person asked for; it says of the device, not of its person, what the device holds.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._open: dict[str, bool] = {}

    def __call__(self, came: Sequence[ChangeSet]) -> None:
        sealed = {changeset.hash: changeset.space for changeset in came if changeset.kind == "seal"}
        for space in dict.fromkeys(changeset.space for changeset in came):
            if space in sealed.values() or self._open.get(space, True):
                self._open[space] = self._look(space, {digest for digest, of in sealed.items() if of == space})

    def _look(self, space: str, came: set[bytes]) -> bool:
        """Witness what can be; whether something is left that cannot yet, or a seal that came still waits."""
        seals = standing_seals(self._workspace.of_kinds(space, KINDS))
        wanted = [one for one in seals if self._is_wanted(one)]
        if wanted and "write" not in self._workspace.rights_in(space):
            return True
        done = [self._witness(space, one) for one in wanted]
        return not all(done) or not came <= {one.seal.changeset.hash for one in seals}

    def _is_wanted(self, one: Standing) -> bool:
        device = self._workspace.author.device
        mine = one.seal.changeset.device == device or any(known.device == device for known in one.witnesses)
        return not one.is_void and not mine

    def _witness(self, space: str, one: Standing) -> bool:
        from inspector.services.seal_check import check_records

        if check_records(one.seal, space, (changeset for _, changeset in self._workspace.change_sets(space))):
            return False
        named = {"seal": one.seal.changeset.hash.hex(), "root": one.seal.root.hex()}
        with self._workspace.unit_of_work() as unit:
            unit.write(space, (), act=new_id(), kind="witness", payload={**named})
            unit.commit()
        return True
