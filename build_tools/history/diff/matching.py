"""Pairs the objects of two states: those on both sides, those added, those removed. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from build_tools.base.problems import Place


class Identified(Protocol):
    """An object with an id and a place in a file."""

    @property
    def id(self) -> str:
        """Unique among the objects of its sort."""

    @property
    def place(self) -> Place:
        """Where the object begins."""


T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
I = TypeVar("I", bound=Identified)  # noqa: E741 - an object with an id


@dataclass(frozen=True)
class Matches(Generic[T]):
    """The objects of two states, paired: ``both`` holds (base, head)."""

    both: list[tuple[T, T]]
    added: list[T]
    removed: list[T]


def match_keys(base: Mapping[K, T], head: Mapping[K, T]) -> Matches[T]:
    """Pair the values of two mappings by their keys."""
    return Matches(
        [(base[key], item) for key, item in head.items() if key in base],
        [item for key, item in head.items() if key not in base],
        [item for key, item in base.items() if key not in head],
    )


def match_by_id(base: Iterable[I], head: Iterable[I], renamed: Mapping[str, str] | None = None) -> Matches[I]:
    """Pair objects by their ids; ``renamed`` maps ids of the base to those that replaced them."""
    new_ids = renamed or {}
    old = {(new_ids.get(name, name), number): item for (name, number), item in by_id(base).items()}
    return match_keys(old, by_id(head))


def by_id(items: Iterable[I]) -> dict[tuple[str, int], I]:
    """Objects by (id, number). A duplicate id is an error elsewhere; here it gets another number, so none is lost."""
    objects: dict[tuple[str, int], I] = {}
    count: dict[str, int] = defaultdict(int)
    for item in items:
        objects[item.id, count[item.id]] = item
        count[item.id] += 1
    return objects
