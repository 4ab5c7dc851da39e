"""How an act is declared: once, with its arguments, right and document text.

An act (việc) is a verb of the program. The window, ``record``, its JSON Schema and ``docs/automation.md`` all read the
declarations below; nothing else lists acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.registry import ENTITIES, Field, Member, Right, Type
from inspector.domain.values import stored

if TYPE_CHECKING:
    from inspector.services.case import Case

Given = Mapping[str, Json]
"""The arguments of one act in stored form; an argument not given is absent, an emptied one is ``None``."""

Handler = Callable[["Case", Given], str]
"""Does the act inside a case and returns the id of the record it is about."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: type and options as in the registry. ``exact`` ones are taken letter by letter: paths of files."""

    name: str
    type: Type
    label: str
    required: bool = False
    options: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    exact: bool = False

    def accept(self, raw: object) -> Json:
        """The value in stored form.

        Raises:
            BadInput: it is not of the argument's type.
        """
        return raw if self.exact and isinstance(raw, str) and raw else stored(self, raw, self.members)


@dataclass(frozen=True, slots=True)
class Act:
    """A verb: ``label`` names it in menus and undo, ``right`` is what its person must have.

    ``inside`` acts belong to one inspection and take its id; ``after_signing`` ones are still possible when the paper
    is sealed or signed, ``after_sealing`` ones between the seal and the signature, ``on_deleted`` ones when the
    inspection was taken back, ``on_cancelled`` ones when it was cancelled, ``in_office`` ones also in the content of
    the office, by whoever may plan.
    """

    name: str
    label: str
    right: Right
    arguments: tuple[Argument, ...]
    handler: Handler
    inside: bool = True
    after_signing: bool = False
    on_deleted: bool = False
    in_office: bool = False
    after_sealing: bool = False
    on_cancelled: bool = False

    def accept(self, raw: Mapping[str, object]) -> Given:
        """The arguments in stored form.

        Raises:
            BadInput: an argument is unknown, missing or not of its type.
        """
        known = {argument.name: argument for argument in self.arguments}
        for name in raw:
            if name not in known:
                raise BadInput("act-unknown-argument", field=name, act=self.name, arguments=", ".join(known))
        given = {name: known[name].accept(value) for name, value in raw.items()}
        for name, argument in known.items():
            if argument.required and given.get(name) is None:
                raise BadInput("act-missing-argument", field=name, act=self.name)
        return given


ACTS: dict[str, Act] = {}


def act(
    name: str,
    label: str,
    *arguments: Argument,
    right: Right = Right.WRITE,
    inside: bool = True,
    after_signing: bool = False,
    on_deleted: bool = False,
    in_office: bool = False,
    after_sealing: bool = False,
    on_cancelled: bool = False,
) -> Callable[[Handler], Handler]:
    """Declare the function below as the act ``name``."""

    def declare(handler: Handler) -> Handler:
        if name in ACTS:
            raise ValueError(f"act {name} is declared twice")
        ACTS[name] = Act(
            name,
            label,
            right,
            arguments,
            handler,
            inside,
            after_signing,
            on_deleted,
            in_office,
            after_sealing,
            on_cancelled,
        )
        return handler

    return declare


def argument(name: str, kind: Type, label: str, *, required: bool = False) -> Argument:
    """An argument that is not a field of the registry."""
    return Argument(name, kind, label, required)


def file(name: str, label: str, *, required: bool = True) -> Argument:
    """An argument that is the path of a file; names of files keep their form, which need not be NFC."""
    return Argument(name, Type.TEXT, label, required, exact=True)


def fields(entity: str, *names: str, required: tuple[str, ...] = ()) -> tuple[Argument, ...]:
    """Arguments that are fields of an entity, with the registry's types, labels and options."""
    known = ENTITIES[entity]
    chosen = names or tuple(field.name for field in known.fields)
    return tuple(_from_field(known.field(name), name in required, entity, name) for name in chosen)


def _from_field(field: Field | None, required: bool, entity: str, name: str) -> Argument:
    if field is None:
        raise ValueError(f"{entity} has no field {name}")
    return Argument(field.name, field.type, field.label, required, field.options, field.members)
