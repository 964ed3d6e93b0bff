"""A channel is a folder on its own: it knows lib and its own files, and brings samples and a page on how to connect it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kept import channels
from tests.house.tree import KEPT, imports, none, python_files

HEART = ("django.db",)


def folders(top: Path) -> list[Path]:
    """Every folder with a channel in it."""
    return sorted(path.parent for path in (top / "channels").glob("*/channel.py"))


def without_papers(top: Path) -> list[str]:
    """Channel folders that lack samples with what they must become, or a README."""
    missing = []
    for folder in folders(top):
        samples = folder / "samples"
        if not any(samples.glob("*.expected.json")) if samples.is_dir() else True:
            missing.append(f"{folder.name}: no samples/")
        if not (folder / "README.md").is_file():
            missing.append(f"{folder.name}: no README.md")
    return missing


def too_curious(top: Path) -> list[str]:
    """Imports of another channel, of a model or of anything above lib."""
    own = {folder.name for folder in folders(top)}
    return [
        f"{source.at(node)} {name}"
        for source in python_files(top)
        if source.folder == "channels"
        for node, name in imports(source.tree)
        if name.startswith(HEART) or _is_strange(name, Path(source.name).parts[1], own)
    ]


def _is_strange(name: str, here: str, own: set[str]) -> bool:
    parts = name.split(".")
    if parts[0] != "kept" or parts[1] == "lib":
        return False
    return parts[1] != "channels" or (len(parts) > 2 and parts[2] in own and parts[2] != here)


def test_every_channel_brings_samples_and_a_page_on_how_to_connect_it():
    none(without_papers(KEPT))


def test_channels_know_lib_and_themselves_and_no_model():
    none(too_curious(KEPT))


def test_every_channel_folder_is_in_the_list_and_nothing_else_is():
    listed = {kind.__module__.split(".")[-2] for kind in channels.kinds().values()} - {"demo"}
    assert listed | {"email"} == {folder.name for folder in folders(KEPT)}


@pytest.mark.parametrize(
    "line",
    [
        "from kept.channels.email.mail import read",
        "from kept.cases.models import Case",
        "from django.db import models",
        "import kept.text",
    ],
)
def test_a_curious_channel_is_found(planted, line):
    planted("channels/email/channel.py", "from kept.channels.email.mail import read\nfrom kept.channels.base import Raw\n")
    top = planted("channels/sms/channel.py", f"from kept.lib.refusal import Refusal\n{line}\n")
    assert len(too_curious(top)) == 1
    assert without_papers(top) == ["email: no samples/", "email: no README.md", "sms: no samples/", "sms: no README.md"]
