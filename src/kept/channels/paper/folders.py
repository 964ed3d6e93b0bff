"""Which folder of this machine may be watched for scans: one of the house's own, or one that whoever runs the machine has named.

Whoever sets up a way in at the desk may not make Kept read just any file of the machine.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _


class NotAllowed(Exception):
    """Why this folder is not watched, in words for whoever set it up."""


def folder_at(said: str) -> Path:
    """The folder that `said` names, with every link in its way followed. Raises NotAllowed.

    A name alone lies in `paper/` of the data folder and is made when it is missing; any other must be within KEPT_PAPER_FOLDERS.
    """
    ours = Path(settings.DATA) / "paper"
    given = Path(said.strip())
    path = (given if given.is_absolute() else ours / given).resolve()
    if path.is_relative_to(ours.resolve()) and path != ours.resolve():
        return path
    allowed = [Path(one).resolve() for one in settings.PAPER_FOLDERS]
    if not given.is_absolute() or not any(path.is_relative_to(one) for one in allowed):
        raise NotAllowed(
            _("Give a name, such as front-desk, for a folder in %(ours)s; or one that is within KEPT_PAPER_FOLDERS.")
            % {"ours": ours}
        )
    if not path.is_dir():
        raise NotAllowed(_("There is no folder %(path)s.") % {"path": path})
    return path
