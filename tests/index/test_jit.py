"""Law: machine code is cached for the code that it was made of, and for no other."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba.core import config
from numba.core.errors import TypingError

from index import jit
from index.jit import compiled, must_compile

FILES = {
    "__init__": "",
    "kernel": '''
"""A kernel."""
from index.jit import compiled, prefetch_row
from toy.constants import FACTOR

@compiled
def total(matrix):
    """Return the sum."""
    result = 0
    for row in range(matrix.shape[0]):
        prefetch_row(matrix, row)  # soon
        result += matrix[row].sum()
    return FACTOR * result
''',
    "constants": "from toy.deeper import TWO\nFACTOR = TWO\n",
    "deeper": "TWO = 2\n",
    "unrelated": "WORD = 'one'\n",
}

Edit = Callable[[str, str, str], None]


@pytest.fixture(autouse=True)
def _own_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit, "_kernels", [])  # those of these tests stay out of the real list


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of a package with a kernel that imports two other modules of it."""
    folder = tmp_path / "toy"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # files change within a second here
    monkeypatch.setattr(config, "CACHE_DIR", "")
    yield folder
    _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "toy"]:
        del sys.modules[name]
    for remembered in (jit._compiled_module_code, jit._modules_imported_by, jit._digest_of_module):
        remembered.cache_clear()
    importlib.invalidate_caches()


def run(expected: int = 2) -> Any:
    """Import the kernel as a new process would and call it; return its statistics."""
    _forget()
    kernel = importlib.import_module("toy.kernel")
    assert kernel.total(np.arange(60, dtype=np.int8).reshape(3, 20)) == expected * 59 * 30
    return kernel.total.stats


def is_hit(expected: int = 2) -> bool:
    hits: int = sum(run(expected).cache_hits.values())
    return hits == 1


def edit(folder: Path, module: str, old: str, new: str) -> None:
    path = folder / f"{module}.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_code_is_compiled_once_for_the_same_sources(toy: Path) -> None:
    assert not is_hit()
    assert is_hit()


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("kernel", "Return the sum.", "Return the sum of all\n\n    numbers."),
        ("kernel", '"""A kernel."""', '"""Another\ntitle."""\n# and a comment\n'),
        ("kernel", '    """Return the sum."""\n', ""),
        ("kernel", "# soon", "# later"),
        ("unrelated", "'one'", "'two'"),
        ("deeper", "TWO = 2", '"""Numbers."""\n\nTWO = 2  # of two\n"""It is two."""\n'),
    ],
)
def test_words_and_unrelated_modules_keep_the_code(
    toy: Path, module: str, old: str, new: str
) -> None:
    run()
    edit(toy, module, old, new)
    assert is_hit()


@pytest.mark.parametrize(
    ("module", "old", "new", "expected"),
    [
        ("deeper", "TWO = 2", "TWO = 3", 3),
        ("constants", "FACTOR = TWO", "FACTOR = TWO + 3", 5),
        ("kernel", "FACTOR * result", "FACTOR * result * 2", 4),
    ],
)
def test_a_change_of_the_kernel_or_of_what_it_imports_compiles_it_again(
    toy: Path, module: str, old: str, new: str, expected: int
) -> None:
    run()
    edit(toy, module, old, new)
    assert not is_hit(expected)
    assert is_hit(expected)


def test_whether_something_must_be_compiled_is_known_without_compiling(
    toy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    importlib.import_module("toy.kernel")
    assert must_compile()
    run()
    monkeypatch.setattr(jit, "_kernels", [])
    _forget()
    importlib.import_module("toy.kernel")
    assert not must_compile()


def test_where_the_sources_are_not_writable_the_users_cache_folder_holds_the_code(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (toy / "__pycache__").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert Path(run().cache_path).is_relative_to(tmp_path / "cache")
    assert is_hit()


def test_where_no_folder_is_writable_each_process_compiles(
    toy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (toy / "__pycache__").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(toy / "__pycache__" / "cache"))
    assert not is_hit()
    assert not is_hit()
    assert not must_compile()  # ahead of use: it would be in vain


def test_a_damaged_cache_is_compiled_again(toy: Path) -> None:
    folder = Path(run().cache_path)
    for file in (*folder.glob("toy.*.nbi"), *folder.glob("toy.*.nbc")):
        file.write_bytes(file.read_bytes()[:9])
    assert not is_hit()
    assert is_hit()


def test_one_form_serves_read_only_and_writable_arrays() -> None:
    @compiled(writes=("into",))
    def double(numbers: Any, into: Any) -> None:
        for i in range(numbers.shape[0]):
            into[i] = 2 * numbers[i]

    numbers, into = np.arange(3.0), np.zeros(3)
    read_only = numbers.view()
    read_only.flags.writeable = False
    for given in (numbers, read_only, numbers):
        double(given, into)
        assert into.tolist() == [0.0, 2.0, 4.0]
    assert len(double.signatures) == 1  # type: ignore[attr-defined]


def test_a_parameter_that_is_not_said_to_be_written_is_read_only() -> None:
    @compiled
    def clear(numbers: Any) -> None:
        numbers[0] = 0.0

    with pytest.raises(TypingError, match="readonly"):
        clear(np.ones(1))


def test_a_parameter_that_does_not_exist_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="no parameter"):

        @compiled(writes=("numbers",))
        def clear(values: Any) -> None: ...
