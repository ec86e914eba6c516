"""Keeps others' notices, which nobody can do anything about, out of every build.

The configuration of the theme names this module, so that it is imported before Material and roamlinks are.
"""

from __future__ import annotations

import os
import warnings

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material announces its successor
warnings.filterwarnings("ignore", message=".*warning_filter", category=DeprecationWarning)  # roamlinks

QUIET = True
"""What the configuration names."""
