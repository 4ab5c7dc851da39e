"""Everything a person can do, declared once."""

from inspector.services.acts import (
    checking,
    deciding,
    evidence,
    findings,
    machines,
    paper,
    people,
    reference,
    sealing,
    undo,
    visits,
)
from inspector.services.acts.declare import ACTS, Act, Argument

__all__ = [
    "ACTS",
    "Act",
    "Argument",
    "checking",
    "deciding",
    "evidence",
    "findings",
    "machines",
    "paper",
    "people",
    "reference",
    "sealing",
    "undo",
    "visits",
]
