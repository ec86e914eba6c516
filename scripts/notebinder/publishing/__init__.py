"""What of a vault is published: decided by one table, before anything else reads a note."""

from notebinder.publishing.names import PrivateNames
from notebinder.publishing.publish import Publication, publish
from notebinder.publishing.rules import Verdict
from notebinder.publishing.text_files import public_text_file

__all__ = ["PrivateNames", "Publication", "Verdict", "public_text_file", "publish"]
