"""How well letters are read by machine: our own, drawn as a scanner or a fax would deliver them, askew and with specks."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rapidfuzz.distance import Levenshtein

from kept.letters.proposing import propose
from kept.letters.recognising import recognise
from kept.letters.tests.drawn import LETTERS, WAYS, Drawn, Way, save
from kept.lib.paper_programs import lacking

OURS = ("Marlow & Co", "8 Quay Street, Marlow")
SEEDS = (1, 2)


@dataclass(slots=True)
class Measured:
    """Of all letters that came in one way."""

    wrong_signs: int = 0
    signs: int = 0
    wrong_words: int = 0
    words: int = 0
    found: int = 0
    facts: int = 0
    made_up: int = 0
    seconds: float = 0.0
    pages: int = 0

    def add(self, letter: Drawn, text: str, seconds: float) -> None:
        """One page more."""
        read, wanted = " ".join(text.split()), " ".join(letter.text.split())
        self.wrong_signs += Levenshtein.distance(read, wanted)
        self.signs += len(wanted)
        self.wrong_words += Levenshtein.distance(read.split(), wanted.split())
        self.words += len(wanted.split())
        proposed = {(fact.kind, fact.value) for fact in propose(text, ours=OURS)}
        self.found += len(proposed & set(letter.facts))
        self.facts += len(letter.facts)
        self.made_up += len(proposed - set(letter.facts))
        self.seconds += seconds
        self.pages += 1

    def says(self, name: str) -> str:
        """One line of the table."""
        return (
            f"{name:22} signs wrong {self.wrong_signs / self.signs:7.2%}   words wrong {self.wrong_words / self.words:7.2%}   "
            f"facts {self.found:2} of {self.facts}, wrongly {self.made_up}   {self.seconds / self.pages:4.1f} s/page"
        )


def main(arguments: list[str]) -> int:  # noqa: ARG001
    """Prints a line for each way in which letters come; with ocrmypdf on the machine, the same by its own means beside it."""
    if missing := lacking():
        print("\n".join(missing))
        return 1
    readers: dict[str, Callable[[Path], str]] = {"": lambda file: recognise(file.read_bytes()).words.text}
    if shutil.which("ocrmypdf"):
        readers[" (ocrmypdf)"] = _by_ocrmypdf
    print(f"{len(LETTERS)} letters, English and German, {len(SEEDS)} times each, {WAYS[0].skew} degrees askew")
    for way in WAYS:
        for name, read in readers.items():
            print(_measure(way, read).says(f"{way.name}{name}"), flush=True)
    return 0


def _measure(way: Way, read: Callable[[Path], str]) -> Measured:
    measured = Measured()
    for letter, file in _pages(way):
        began = perf_counter()
        measured.add(letter, read(file), perf_counter() - began)
    return measured


def _pages(way: Way) -> Iterator[tuple[Drawn, Path]]:
    with tempfile.TemporaryDirectory(prefix="kept-bench-") as place:
        for letter in LETTERS:
            for seed in SEEDS:
                yield letter, save(letter, way, Path(place) / f"{letter.name}-{seed}", seed=seed)


def _by_ocrmypdf(file: Path) -> str:
    """What it reads by itself, straightened and with nothing of ours done to the page before."""
    words = file.with_suffix(".txt")
    command = ["ocrmypdf", "-q", "-l", "eng+deu", "--deskew", "--output-type", "pdf", "--sidecar", words]
    subprocess.run([*command, file, file.with_suffix(".pdf")], check=True, capture_output=True)
    return words.read_text(encoding="utf-8").replace("\f", "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
