"""What of a vault is published: decided by one table, before anything else reads a note."""

from notebinder.publishing.publish import Publication, publish
from notebinder.publishing.rules import Verdict

__all__ = ["Publication", "Verdict", "publish"]
