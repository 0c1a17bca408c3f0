"""The architecture as assertions: layers, rooms and their arrows, no circle, tests mirrored."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib import metadata
from pathlib import Path

import pytest

LAYERS = ("corpus", "index", "recommender", "api")
"""An arrow to the left is allowed, never back."""

ROOT = Path(__file__).resolve().parent.parent

ARROWS: dict[str, str] = {
    "corpus/analysis": "",
    "corpus/languages": "analysis",
    "corpus/markup": "analysis",
    "corpus/storage": "analysis",
    "corpus/readers": "analysis markup storage",
    "corpus/fetch": "analysis readers storage",
    "corpus/export": "",
    "index/storage": "",
    "index/terms": "storage",
    "index/lexical": "storage",
    "index/dense": "storage",
    "index/autocomplete": "storage",
    "index/query": "storage terms",
    "index/ranking": "storage terms dense query",
    "index/search": "storage terms lexical dense query ranking",
    "index/live": "terms lexical dense query ranking autocomplete search",
    "index/evaluation": "storage dense ranking search",
    "recommender/wording": "",
    "recommender/grammar": "",
    "recommender/question_generation": "wording grammar",
    "recommender/questions": "wording question_generation",
    "recommender/ranking": "",
    "recommender/answers": "wording questions",
    "recommender/related": "questions",
    "recommender/suggestions": "wording questions ranking answers",
    "recommender/precompute": (
        "grammar question_generation questions ranking answers related suggestions"
    ),
    "recommender/report": "wording question_generation questions suggestions",
    "recommender/evaluation": "questions ranking related suggestions",
    "api/pipeline": "",
    "api/backend": "pipeline",
    "api/http": "backend",
    "api/security": "http",
    "api/server": "backend http",
    "api/standards": "backend http",
    "api/mcp": "backend http",
    "api/labels": "",
    "api/pages": "backend http labels",
    "api/report": "",
    "api/cli": "pipeline backend http security server mcp report",
}
"""Room → the rooms of its layer that it may import. A file at the top of a layer is either ground,
which every room may import and which imports no room (``GROUND``), or puts rooms together."""

GROUND = frozenset(
    "corpus/errors corpus/models corpus/progress corpus/serialization corpus/verdicts "
    "index/addresses index/columns index/cpu index/jit index/types "
    "recommender/bounded_cache recommender/diversity recommender/question_key recommender/types "
    "api/settings api/templating".split()
)
COMPOSED = frozenset(
    "index/build index/warm_up recommender/recommend recommender/warm_up api/app".split()
)
"""Files that put rooms together; only rooms that run a whole layer import them."""
GROUND_USES = {
    "corpus/verdicts": "analysis",
    "index/columns": "storage",
    "index/addresses": "storage",
}
COMPOSED_FOR = frozenset(("index/evaluation", "recommender/precompute", "api/cli"))

MAX_LINES = 400  # of a file: more holds more than one idea
MAX_MODULES = 14  # of a room: more is a crowd
MAX_EXPORTS = 8  # of a room's ``__init__``

NO_TEST = {
    "corpus/progress.py": "two type aliases",
    "recommender/types.py": "values without behaviour of their own",
    "recommender/wording/flags.py": "one value",
    "api/backend/protocol.py": "an interface; its implementation is tested",
    "api/cli/options.py": "declarations of options; the commands are tested",
}
"""Modules without a test file of their own name, and why."""


def modules() -> Iterator[Path]:
    """Yield every module of the layers, relative to the root, without ``__init__``."""
    for layer in LAYERS:
        files = sorted((ROOT / layer).rglob("*.py"))
        assert files
        yield from (f.relative_to(ROOT) for f in files if f.name != "__init__.py")


@cache
def imported(file: Path) -> set[str]:
    """Return the dotted names that a module imports, modules of packages resolved."""
    names = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room_of(name: str) -> str | None:
    """Return the room, or the file at the top of a layer, that a dotted name is in."""
    parts = name.split(".")
    if parts[0] not in LAYERS or len(parts) < 2:
        return None
    return f"{parts[0]}/{parts[1]}"


def arrows() -> Iterator[tuple[Path, str, str]]:
    """Yield (module, its room, imported room) within one layer, for different rooms."""
    for file in modules():
        here = "/".join(file.with_suffix("").parts[:2])
        for name in imported(file):
            there = room_of(name)
            if there and there != here and there.split("/")[0] == here.split("/")[0]:
                yield file, here, there


def test_no_layer_imports_one_to_its_right() -> None:
    for file in modules():
        right = LAYERS[LAYERS.index(file.parts[0]) + 1 :]
        assert not {name.split(".")[0] for name in imported(file)} & set(right), file


def test_only_the_api_knows_the_web_framework() -> None:
    for file in modules():
        if file.parts[0] != "api":
            used = {name.split(".")[0] for name in imported(file)}
            assert not used & {"fastapi", "pydantic", "typer"}, file


def test_every_folder_is_a_room_of_the_list() -> None:
    rooms = {
        f"{layer}/{path.name}"
        for layer in LAYERS
        for path in (ROOT / layer).iterdir()
        if path.is_dir() and any(path.glob("*.py"))
    }
    assert rooms == set(ARROWS)
    top = {f.with_suffix("").as_posix() for f in modules() if len(f.parts) == 2}
    assert top == GROUND | COMPOSED


def test_rooms_import_only_what_their_arrows_allow() -> None:
    for file, here, there in arrows():
        layer, name = there.split("/")
        if there in GROUND or here in COMPOSED:
            continue
        if there in COMPOSED:
            assert here in COMPOSED_FOR, f"{file} imports {there}"
        elif here in GROUND:
            assert name in GROUND_USES.get(here, "").split(), f"{file} imports {there}"
        else:
            assert name in ARROWS[here].split(), f"{file} imports {layer}/{name}"


def test_every_allowed_arrow_is_used() -> None:
    used = {(here, there.split("/")[1]) for _, here, there in arrows()}
    allowed = {(room, other) for room, others in ARROWS.items() for other in others.split()}
    assert sorted(allowed - used) == []


@pytest.mark.parametrize("layer", LAYERS)
def test_there_is_no_circle(layer: str) -> None:
    graph: dict[str, set[str]] = {}
    for _, here, there in arrows():
        if here.startswith(f"{layer}/"):
            graph.setdefault(here, set()).add(there)
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_no_module_imports_itself_round_about() -> None:
    names = {".".join(file.with_suffix("").parts): file for file in modules()}
    graph = {}
    for name, file in names.items():
        targets = set()
        for found in imported(file):
            for target in (found, found.rpartition(".")[0]):
                if target in names and target != name:
                    targets.add(target)
        graph[name] = targets
    TopologicalSorter(graph).prepare()


def test_no_file_holds_more_than_one_idea_and_no_room_is_a_crowd() -> None:
    counts: dict[Path, int] = {}
    for file in modules():
        assert len((ROOT / file).read_text(encoding="utf-8").splitlines()) <= MAX_LINES, file
        counts[file.parent] = counts.get(file.parent, 0) + 1
    assert {room: n for room, n in counts.items() if n > MAX_MODULES} == {}


def test_each_package_says_what_it_answers_and_each_layer_holds_nothing_else() -> None:
    for layer in LAYERS:
        for file in (ROOT / layer).rglob("__init__.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            assert ast.get_docstring(tree), file
            if file.parent.parent == ROOT:
                assert len(tree.body) == 1, f"{file}: a room must be imported without the rest"
            for node in tree.body:
                if isinstance(node, ast.Assign):
                    assert len(ast.literal_eval(node.value)) <= MAX_EXPORTS, file


def test_every_module_has_a_test_file_of_its_name() -> None:
    lacking = {
        file.as_posix()
        for file in modules()
        if not (ROOT / "tests" / file.parent / f"test_{file.name}").exists()
    }
    assert lacking == set(NO_TEST)


def test_no_other_distribution_owns_our_packages() -> None:
    owners = metadata.packages_distributions()
    for layer in LAYERS:
        assert set(owners.get(layer, ["divedeeper"])) == {"divedeeper"}
