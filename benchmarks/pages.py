"""Hold a folder of page texts against its ``expected.json`` and print what was found.

    python -m benchmarks.pages FOLDER

A row fails where headline, date or a number differs. A page that is expected to have no headline
must take it from its name or be refused with a reason, and be refused where nothing is expected of
it at all. Pages that the file does not name are shown as "new". The exit code is 1 where a row
fails.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from corpus.models import Article
from corpus.readers import read_page


def compare(expected: dict[str, Any], path: Path) -> tuple[bool, str]:
    """Return whether a page holds what is expected, and the rest of its row."""
    found = read_page(path.read_text(encoding="utf-8"), name=path.name)
    if not isinstance(found, Article):
        return expected["headline"] is None, f"refused: {found.reason}"
    day = found.checked_on.isoformat() if found.checked_on else None
    sections = sum(1 for section in found.sections if section.heading)
    something = expected["headline"] or expected["numbered_sections"] or expected["followups"]
    same = (
        bool(something)
        and expected["headline"] in (None, found.headline)
        and day == expected["checked_on"]
        and sections == expected["numbered_sections"]
        and len(found.followups) == expected["followups"]
    )
    return same, f"{day or '-':10} {sections:8} {len(found.followups):9}  {found.headline}"


def main(folder: Path) -> int:
    """Print the table and return the exit code."""
    expectations = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    known = {expected["file"] for expected in expectations}
    print(f"{'':5}{'page':36}{'date':10} {'sections':>8} {'followups':>9}  headline")
    start = time.perf_counter()
    failed = 0
    for expected in expectations:
        same, row = compare(expected, folder / expected["file"])
        failed += not same
        print(f"{'ok' if same else 'FAIL':5}{expected['file'][:35]:36}{row}")
    for path in sorted(folder.glob("*.txt")):
        if path.name not in known:
            nothing = {"headline": None, "checked_on": None, "numbered_sections": 0, "followups": 0}
            _, row = compare(nothing, path)
            print(f"{'new':5}{path.name[:35]:36}{row}")
    seconds = time.perf_counter() - start
    print(f"{len(expectations) - failed} of {len(expectations)} as expected, {seconds:.3f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1], "expected.json").is_file():
        sys.exit("usage: python -m benchmarks.pages FOLDER  (with expected.json)")
    sys.exit(main(Path(sys.argv[1])))
