"""Search over every text of the workspace, with and without marks, fast enough to run at each keystroke.

Each text is indexed as its words without marks and, beside them, the same words as written, so one index answers
both "ho so tre" and "hồ sơ trễ". There is no ranking over all hits: texts with the marks as typed come first, then
the others, newest first, and reading stops as soon as there are enough. That bounds the work in a million texts; the
handful read is then put in a nicer order (``docs/decisions/010-search-stops-early.md``).

New texts wait in ``search_new``, at most ``MOST_WAITING`` of them, and go into the index together: one by one each
would rewrite seven pages of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.text import clean, fold
from inspector.storage import projection

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

TABLES = ("search", "search_new")
SLOT_BITS = 10

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_LONGEST_WORD = 64
_MOST_WORDS = 16
_MORE_TO_CHOOSE_FROM = 50
MOST_WAITING = 256
_ENTITY_MARK = "\ue000"  # private use: in no text, and a letter to the tokenizer


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found: where it stands, the text itself, and whether the marks are as they were typed."""

    space: str
    entity: str
    id: str
    field: str
    text: str
    exact: bool


@dataclass(frozen=True, slots=True)
class _Query:
    """Whole words, the beginning of one more, and the entities to look in (``None``: all)."""

    words: tuple[str, ...]
    beginning: str
    entities: tuple[str, ...] | None

    @property
    def expression(self) -> str:
        """The query in the language of the index; words hold letters and digits only."""
        query = " AND ".join([*(f'"{word}"' for word in self.words), f'"{self.beginning}"*'])
        if self.entities is None:
            return query
        # The tokenizer parts names at their "_", and phrases would need positions the index does not keep.
        parts = (f"{_ENTITY_MARK}{entity}".split("_") for entity in self.entities)
        marks = " OR ".join("(" + " AND ".join(f'"{part}"' for part in each) + ")" for each in parts)
        return f"({marks}) AND {query}"

    def holds(self, words: Collection[str]) -> bool:
        """Whether a text with these words is meant, in whatever entity."""
        return set(self.words) <= set(words) and any(word.startswith(self.beginning) for word in words)

    def holds_indexed(self, indexed: str) -> bool:
        words = indexed.split()
        return self.holds(words) and (self.entities is None or words[0][1:] in self.entities)


def create(sql: Sql) -> None:
    """Makes the empty index inside the caller's transaction."""
    sql.run(
        "CREATE VIRTUAL TABLE search USING fts5"
        "(words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='ascii')"
    )
    sql.run("CREATE TABLE search_new (number INTEGER PRIMARY KEY, words TEXT)")


def rowid(pk: int, slot: int) -> int:
    """The number of a text in the index, from its record's row and the slot of its field."""
    return pk << SLOT_BITS | slot


def indexed(entity: str, text: str) -> str:
    """What the index holds of a text: the entity, the words without marks, and those with marks also as written."""
    words = {_ENTITY_MARK + entity: None}
    for word in _split(text):
        words[_plain(word)] = None
        words[word] = None
    words.pop("", None)
    return " ".join(words)


def _split(text: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in _WORD.findall(unicodedata.normalize("NFC", text.casefold()))]


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    return fold(word)


def put(sql: Sql, number: int, entity: str, text: str) -> None:
    """Makes a text findable, in place of what was found under this number; an empty text is not found."""
    words = indexed(entity, text) if text else None
    sql.run("INSERT OR REPLACE INTO search_new (number, words) VALUES (?, ?)", (number, words))


def settle(sql: Sql) -> None:
    """Moves waiting texts into the index when there are many; to be called before a commit."""
    if sql.value("SELECT count(*) FROM search_new") <= MOST_WAITING:
        return
    waiting = sql.run("SELECT number, words FROM search_new").fetchall()
    sql.many("DELETE FROM search WHERE rowid = ?", [(number,) for number, words in waiting if words is None])
    kept = [(number, words) for number, words in waiting if words is not None]
    sql.many("INSERT OR REPLACE INTO search (rowid, words) VALUES (?, ?)", kept)
    sql.run("DELETE FROM search_new")


def numbers(sql: Sql) -> set[int]:
    """The numbers of all texts that can be found."""
    found = {number for (number,) in sql.run("SELECT rowid FROM search")}
    for number, words in sql.run("SELECT number, words FROM search_new"):
        found.discard(number) if words is None else found.add(number)
    return found


def find(sql: Sql, words: str, *, entities: Collection[str] | None, limit: int) -> list[Hit]:
    """Up to ``limit`` texts holding every word; the last word may be the beginning of one.

    Takes any string: what is not a letter or a digit only separates words; without any word nothing is found.
    """
    typed = _split(clean(words))[:_MOST_WORDS]
    plain = [word for word in map(_plain, typed) if word]
    if not plain or limit <= 0:
        return []
    wanted = limit + _MORE_TO_CHOOSE_FROM
    with_marks, without = _query(typed, entities), _query(plain, entities)
    if without is None or with_marks is None:
        return []
    numbers: dict[int, None] = {}
    if plain != typed:
        numbers.update(dict.fromkeys(_numbers(sql, with_marks, wanted)))
    if len(numbers) < limit:
        numbers.update(dict.fromkeys(_numbers(sql, without, wanted)))
    return _ordered(_read(sql, islice(numbers, wanted), with_marks.holds), typed, plain)[:limit]


def rows_holding(sql: Sql, words: str, entity: str) -> list[int] | None:
    """The rows of one entity with a text that holds every word; ``None`` when there is no word to look for."""
    plain = [word for word in map(_plain, _split(clean(words))[:_MOST_WORDS]) if word]
    query = _query(plain, (entity,)) if plain else None
    return None if query is None else [number >> SLOT_BITS for number in _numbers(sql, query, -1)]


def rows_with(sql: Sql, words: str, entity: str, field: str) -> list[int] | None:
    """The rows of one entity with that field holding every word; ``None`` when there is no word to look for."""
    plain = [word for word in map(_plain, _split(clean(words))[:_MOST_WORDS]) if word]
    query = _query(plain, (entity,)) if plain else None
    if query is None:
        return None
    slot = projection.slots().index((entity, field))
    mask = (1 << SLOT_BITS) - 1
    return [number >> SLOT_BITS for number in _numbers(sql, query, -1) if number & mask == slot]


def _query(words: Sequence[str], entities: Collection[str] | None) -> _Query | None:
    *whole, last = words
    known = None if entities is None else tuple(entity for entity in entities if entity in projection.tables())
    return None if known == () else _Query(tuple(dict.fromkeys(whole)), last, known)


def _numbers(sql: Sql, query: _Query, limit: int) -> list[int]:
    """The numbers of texts, those that wait first, newest first; all of them when ``limit`` is negative."""
    waiting = sql.run("SELECT number, words FROM search_new ORDER BY number DESC").fetchall()
    newer = {number for number, _ in waiting}
    found = [number for number, words in waiting if words is not None and query.holds_indexed(words)]
    rows = sql.run(
        "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
        (query.expression, limit if limit < 0 else limit + len(newer)),
    )
    found.extend(number for (number,) in rows if number not in newer)
    return found if limit < 0 else found[:limit]


def _read(sql: Sql, numbers: Iterable[int], is_exact: Callable[[Collection[str]], bool]) -> list[Hit]:
    hits = []
    for number in numbers:
        entity, field_name = projection.slots()[number & (1 << SLOT_BITS) - 1]
        table = projection.tables()[entity]
        column = table.columns[field_name]
        row = sql.run(
            f"SELECT space.id, _space, _id, {column.sql} FROM {table.name} JOIN space ON space.pk = _space"  # noqa: S608 - names of the registry
            " WHERE _pk = ?",
            (number >> SLOT_BITS,),
        ).fetchone()
        if row is not None:
            space, pk, record, stored = row
            values = _values_in_conflict(sql, (pk, entity, record, field_name)) if stored is None else []
            text = projection.searched_text(values or projection.loaded(column.field, stored))
            hits.append(Hit(space, entity, record, field_name, text, is_exact(_split(text))))
    return hits


def _values_in_conflict(sql: Sql, address: tuple[int, str, str, str]) -> list[Json]:
    """The values of a field that has several, in the order they are shown."""
    rows = sql.run(
        "SELECT body, idx FROM op JOIN log USING (seq)"
        " WHERE op.space = ? AND entity = ? AND entity_id = ? AND field = ? AND live ORDER BY lc, hash",
        address,
    ).fetchall()
    return [json.loads(body)["w"][index]["x"] for body, index in rows]


def _ordered(hits: list[Hit], typed: Sequence[str], plain: Sequence[str]) -> list[Hit]:
    """Marks as typed first, then the words side by side; otherwise as they came."""
    side_by_side, folded = " ".join(typed), " ".join(plain)

    def place(hit: Hit) -> tuple[bool, bool]:
        words = _split(hit.text)
        together = side_by_side in " ".join(words) if hit.exact else folded in " ".join(map(_plain, words))
        return not hit.exact, not together

    return sorted(hits, key=place)
