"""Values as bytes until somebody asks for them: small in memory, and cheap to hand to another process.

A vault of ten thousand notes is some million objects; as bytes they take a fraction of the memory, and only
the few that a rebuild touches become objects again. The bytes never come from a vault.
"""

from __future__ import annotations

import pickle
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

from notebinder.vault.model import Block, LineRange

_AT_HAND = 128
"""So many values are kept as objects, since whoever asks for one asks again soon."""

T = TypeVar("T")


class Packed(Generic[T]):
    """A value, packed. Two are equal if their values are."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def value(self) -> T:
        """The value; whoever gets it must not change it."""
        return _unpacked(self._data)  # type: ignore[no-any-return]  # what was packed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packed) and (self._data == other._data or self.value == other.value)

    __hash__ = None  # type: ignore[assignment]  # nobody looks one up

    def __reduce__(self) -> tuple[type[Packed[T]], tuple[bytes]]:
        return Packed, (self._data,)


def pack(value: T) -> Packed[T]:
    """Pack a value of which no part is ever changed."""
    return Packed(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


class PackedBlocks(Sequence[Block]):
    """The blocks of a note, packed but for their headings, which every build asks for."""

    __slots__ = ("_packed", "headings")

    def __init__(self, packed: Packed[tuple[Block, ...]], headings: tuple[Block, ...]) -> None:
        self._packed = packed
        self.headings = headings
        """The headings among the top-level blocks."""

    @overload
    def __getitem__(self, place: int) -> Block: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, place: int | slice) -> Block | tuple[Block, ...]:
        return self._packed.value[place]

    def __iter__(self) -> Iterator[Block]:
        return iter(self._packed.value)

    def __len__(self) -> int:
        return len(self._packed.value)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedBlocks):
            return self._packed == other._packed
        return self._packed.value == other

    __hash__ = None  # type: ignore[assignment]  # nobody looks one up

    def __reduce__(self) -> tuple[type[PackedBlocks], tuple[object, ...]]:
        return PackedBlocks, (self._packed, self.headings)


def pack_blocks(blocks: Sequence[Block]) -> PackedBlocks:
    """Pack the blocks of a note."""
    whole = tuple(blocks)
    return PackedBlocks(pack(whole), top_headings(whole))


def top_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the headings among the top-level blocks of a note."""
    if isinstance(blocks, PackedBlocks):
        return blocks.headings
    return tuple(block for block in blocks if block.kind == "heading")


def blocks_in(blocks: Sequence[Block], lines: LineRange) -> Sequence[Block]:
    """Return those of a note's blocks that begin on these lines; they stand in the order of their lines."""
    start = bisect_left(blocks, lines.start, key=_first_line)
    return blocks[start : bisect_left(blocks, lines.end, lo=start, key=_first_line)]


def _first_line(block: Block) -> int:
    return block.lines.start


@lru_cache(_AT_HAND)
def _unpacked(data: bytes) -> Any:  # noqa: ANN401  whatever was packed
    return pickle.loads(data)  # noqa: S301  our own bytes, see `build_cache` for those from a disk
