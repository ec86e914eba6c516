"""Sort names as people do: without case, and 2 before 10."""

from __future__ import annotations

from functools import lru_cache

from natsort import natsort_keygen, ns

_AT_HAND = 10_000
"""So many names: lists, folders and the navigation sort the same ones, and each build anew."""

natural_key = lru_cache(_AT_HAND)(natsort_keygen(alg=ns.IGNORECASE))
