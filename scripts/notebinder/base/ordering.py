"""Sort names as people do: without case, and 2 before 10."""

from __future__ import annotations

from natsort import natsort_keygen, ns

natural_key = natsort_keygen(alg=ns.IGNORECASE)
