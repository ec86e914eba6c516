"""What changed between two folders written by `notebinder export`, for the reviewer of a pull request.

The newer folder may come from a stranger: its texts are only ever shown as text, never as markup.
"""

from notebinder.changes.compare import Changes, compare
from notebinder.changes.export import Export, read_export
from notebinder.changes.markdown import changes_markdown
from notebinder.changes.page import CHANGES_PAGE, write_changes_page

__all__ = [
    "CHANGES_PAGE",
    "Changes",
    "Export",
    "changes_markdown",
    "compare",
    "read_export",
    "write_changes_page",
]
