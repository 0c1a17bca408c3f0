"""Loading of the sentence encoder that a setting names.

The libraries and files of the extra ``neural`` are needed when an encoder is loaded, not before.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

from index.dense.encoder import Encoder
from index.dense.model_files import (
    EncoderFiles,
    EncoderUnavailable,
    packaged_files,
    without_model_library,
)
from index.dense.model_folder import model_folder_files
from index.dense.use_encoder import describe_use_encoder, load_use_encoder

MULTILINGUAL = "multilingual"  # a setting

__all__ = ["EncoderUnavailable", "describe_encoder", "find_encoder_files", "load_encoder"]


def load_encoder(setting: str = "auto", *, threads: int = 0) -> Encoder | None:
    """Return the encoder that ``setting`` names; None only for ``none``.

    Parameters
    ----------
    setting
        ``multilingual``: the one of the extra of that name; ``auto``, ``none`` or the path of a
        folder: see ``find_encoder_files``.
    threads
        Processor cores to use; 0 for all that this process may use.

    Raises
    ------
    EncoderUnavailable
        A library, package or file is missing or wrong; one line with the remedy.
    """
    if setting == MULTILINGUAL:
        return load_use_encoder()
    files = find_encoder_files(setting)
    if files is None:
        return None
    from index.dense.onnx_encoder import OnnxEncoder  # its libraries are an extra

    return OnnxEncoder(files, threads=threads)


def find_encoder_files(setting: str) -> EncoderFiles | None:
    """Return the files that ``setting`` names, the big ones not read yet; None for ``none``.

    Parameters
    ----------
    setting
        ``auto``: those of the extra ``neural``. ``none``: no encoder. Else the path of a folder,
        see ``index.dense.model_folder``.

    Raises
    ------
    EncoderUnavailable
        The package, folder or file is missing, or a configuration asks for what cannot be done.
    """
    if setting == "none":
        return None
    if setting == "auto":
        return packaged_files()
    return model_folder_files(Path(os.path.expanduser(setting)))  # Path's own raises for ~nobody


def describe_encoder(setting: str = "auto") -> str:
    """Return one line for the log: which encoder ``setting`` gives, or why it gives none."""
    try:
        if setting == MULTILINGUAL:
            return f"sentence encoder: {describe_use_encoder()}"
        files = find_encoder_files(setting)
        if files is None:
            return "sentence encoder: none, as set"
        files.read()
        for library in ("onnxruntime", "tokenizers"):
            if importlib.util.find_spec(library) is None:
                raise without_model_library(library)
    except EncoderUnavailable as error:
        return f"sentence encoder: none; {error}"
    return (
        f"sentence encoder: {files.label} ({files.pooling} pooling, up to {files.max_tokens} "
        f"tokens), from {files.model}"
    )
