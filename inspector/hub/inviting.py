"""Invitations of an office's hub (giấy mời của máy chủ): a file and a code, as any other, for one laptop to be let in.

What the laptop may read is said by the member records of each space, which teams and the office's laptops write; this
invitation only makes it known to the hub, and tells it where the hub is and which office it works for.
"""

from __future__ import annotations

from pathlib import Path

from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import new_id
from inspector.domain.invitation import Guest, HubSeen, Invitation
from inspector.domain.text import clean
from inspector.hub.place import HubPlace
from inspector.storage.hub.invited import Invited
from inspector.storage.hub.log import HubLog
from inspector.sync.line import whole_address
from inspector.system.clock import wall_time
from inspector.system.files import write_atomically
from inspector.system.identity import read_certificate
from inspector.system.invitation_file import new_invitation_code, seal
from inspector.system.keys import SigningKey


def invite(place: HubPlace, file: Path, name: str, agency: str, address: str, pin: str = "") -> tuple[Invited, str]:
    """Writes an invitation; returns it with the code that opens it, which is kept nowhere.

    ``address`` is where laptops reach the hub, ``pin`` the key they meet there, where that is a proxy's.
    Raises ``BadInput`` (``file-exists``, ``address-malformed``), ``Refused`` (``invitation-for-nobody``).
    """
    if file.exists():
        raise BadInput("file-exists", file=str(file))
    guest = Guest(new_id(), clean(name).strip(), clean(agency).strip())
    if not (guest.name and guest.agency):
        raise Refused("invitation-for-nobody")
    keys, key, code = place.keys(), SigningKey.generate(), new_invitation_code()
    mine = read_certificate(keys.certificate)
    hub = HubSeen(whole_address(address), keys.id, pin or keys.tls.pin, (("recovery", keys.recovery.public),))
    invited = Invited(key.public.hex(), new_id(), guest.name, guest.agency, wall_time())
    with HubLog(place.address()) as log:
        invitation = Invitation(
            id=invited.id,
            guest=guest,
            organisation=mine.organisation,
            rights=(),
            secret=key.to_bytes().hex(),
            office=log.office() or mine.root.hex(),
            by=Guest(mine.person.id, mine.person.name, mine.person.agency),
            cert=keys.certificate.body.decode(),
            cert_signature=keys.certificate.signature.hex(),
            made=invited.made,
            hub=hub,
        )
        log.invite(invited)
        write_atomically(file, seal(invitation, keys.issuing, code))
    return invited, code


def invitations(place: HubPlace) -> list[Invited]:
    """All that this hub wrote, the oldest first."""
    with HubLog(place.address()) as log:
        return log.invitations()


def revoke(place: HubPlace, name: str) -> Invited:
    """Lets nobody in any more with the invitation whose id ends with this.

    Raises ``Refused`` (``invitation-unknown``).
    """
    with HubLog(place.address()) as log:
        found = [one for one in log.invitations() if name and one.id.endswith(name)]
        if len(found) != 1:
            raise Refused("invitation-unknown", id=name)
        return log.revoke_invitation(found[0])
