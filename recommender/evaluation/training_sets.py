"""Training sets of the question ranking, from archives and judged folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.progress import Step
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.dense.encoder import Encoder
from index.dense.encoding_cache import EncodingCache, cached_encoding, encoding_with_cache
from index.ranking.listwise import Example
from recommender.evaluation.judged_folder import JudgedFolder
from recommender.evaluation.training import archive_question_examples


def question_sets(
    archives: Iterable[Path], folders: Iterable[Path], encoder: Encoder | None, step: Step
) -> dict[str, list[Example]]:
    """Return the examples of each archive and judged folder under a name of its own.

    Unpublished and superseded articles of an archive are left out: readers do not meet them.

    Parameters
    ----------
    archives
        Folders of archives, whose editors' own follow-ups are the labels.
    folders
        Judged folders; see ``JudgedFolder``.
    encoder
        The sentence encoder; None: words only.
    step
        Told of the progress.
    """
    sets: dict[str, list[Example]] = {}
    for folder in archives:
        step(f"Reading {folder.name}", 0, 0)
        sets[_training_set_name(f"archive {folder.name}", sets)] = _training_set_of_archive(
            Archive(folder), encoder, step
        )
    with cached_encoding(encoder, step) as encode:
        for folder in folders:
            step(f"Reading {folder.name}", 0, 0)
            name = _training_set_name(f"{folder.parent.name} {folder.name}", sets)
            sets[name] = JudgedFolder.read(folder).examples(encode)
    return sets


def _training_set_of_archive(
    archive: Archive, encoder: Encoder | None, step: Step
) -> list[Example]:
    with Store.open(archive.store_path, read_only=True) as store:
        old = store.superseded()
        articles = [a for a in store.articles() if a.published and a.id not in old]
    if encoder is None:
        return archive_question_examples(articles)
    with EncodingCache.open(archive.folder / "encodings.sqlite") as cache:
        return archive_question_examples(articles, encoding_with_cache(encoder, cache, step))


def _training_set_name(name: str, taken: Iterable[str]) -> str:
    """Return ``name``, with a number where it is taken."""
    same = sum(one == name or one.startswith(f"{name} (") for one in taken)
    return f"{name} ({same + 1})" if same else name
