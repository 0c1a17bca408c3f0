"""What serving needs is compiled ahead of use, once, and said so."""

from __future__ import annotations

import pytest

from api.pipeline import compilation
from api.pipeline.compilation import compile_ahead
from index.jit import must_compile


def test_afterwards_nothing_is_missing_and_nothing_is_said() -> None:
    compile_ahead(lambda _: None)
    assert not must_compile()
    said: list[str] = []
    compile_ahead(said.append)
    assert said == []


@pytest.mark.parametrize("n_cores", [1, 2])
def test_what_is_missing_is_compiled_and_said_once(
    n_cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compilation, "must_compile", lambda: True)
    monkeypatch.setattr(compilation, "cpu_count", lambda: n_cores)
    said: list[str] = []
    compile_ahead(said.append)
    assert said == ["Compiling (once per installation) ..."]
