"""Law: a file is found by the record of the package that carries it, without importing it."""

from __future__ import annotations

import pytest

from index.dense.packaged_file import NotPackaged, Packaged


def test_a_file_of_an_installed_package_is_found() -> None:
    path = Packaged("pytest", "", "pytest/py.typed", "").locate()
    assert path.is_file()
    assert path.name == "py.typed"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotPackaged, match="no-such-package-at-all is not installed"):
        Packaged("no-such-package-at-all", "1", "a", "").locate()
    with pytest.raises(NotPackaged, match="pytest has no file pytest/none"):
        Packaged("pytest", "", "pytest/none", "").locate()
