"""`divedeeper generations`, `backup`, `restore`, `verify`, `doctor`: looking after an archive."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.options import ArchiveOption, EncoderOption, JsonOption
from api.cli.output import progress, say, show, show_json, warn
from api.settings import Settings
from corpus.storage.archive import Archive

_MARKS = {"ok": "ok   ", "note": "note ", "fault": "FAULT"}


def generations(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """List the built indexes: the one in use, the one that `rollback` would put in use, others."""
    from api.pipeline.record import read_record
    from index.storage.generation_format import has_current_format

    place = Archive(Settings.read(archive=archive).archive)
    current = place.readable_generation()
    rows: list[dict[str, Any]] = []
    for folder in place.usable_generations():
        built = read_record(folder)
        rows.append(
            {
                "generation": folder.name,
                "in_use": folder == current,
                "readable": has_current_format(folder),
                "articles": built.articles if built else None,
                "built_at": built.built_at.isoformat() if built else None,
                "encoder": built.encoder if built else None,
                "sequence": built.sequence if built else None,
                "bytes": sum(file.stat().st_size for file in folder.iterdir()),
            }
        )
    if as_json:
        show_json({"archive": str(place.folder), "generations": rows})
        return
    if not rows:
        show(f"{place.folder} has no index yet. Run `divedeeper build`.")
    for row in rows:
        state = "in use" if row["in_use"] else "before"
        if not row["readable"]:
            state = "of another format"
        how = row["encoder"] or "words alone"
        show(
            f"{row['generation']}  {state}: {row['articles']} articles, {how}, "
            f"{row['bytes'] / 1e6:.1f} MB, change {row['sequence']}"
        )


def backup(
    file: Annotated[Path, typer.Argument(help="The backup, a file that is not there yet.")],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write all articles and your own files (bans, weights, …) to one file, also while serving."""
    from corpus.storage.backup import write_backup

    place = Archive(Settings.read(archive=archive).archive)
    made = write_backup(place, file)
    if as_json:
        show_json({"file": str(file)} | asdict(made) | {"made_at": made.made_at.isoformat()})
        return
    show(f"{file}: {made.articles} articles, {made.size_bytes / 1e6:.1f} MB")
    if made.files:
        show(f"  with {', '.join(made.files)}")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    archive: ArchiveOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the archive that is there.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Put a backup into the archive's folder; stop the servers first, and build after it."""
    from corpus.storage.backup import restore_backup

    place = Archive(Settings.read(archive=archive).archive)
    restored = restore_backup(file, place, replace=replace)
    if as_json:
        show_json(
            {"archive": str(place.folder)}
            | asdict(restored)
            | {"made_at": restored.made_at.isoformat()}
        )
        return
    show(f"{restored.articles} articles in {place.folder}, as of {restored.made_at:%Y-%m-%d %H:%M}")
    say("Run `divedeeper build` now.")


def verify(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """Compare every count, checksum and reference; exit code 1 where something is wrong."""
    from api.pipeline.verification import verify_archive

    place = Archive(Settings.read(archive=archive).archive)
    with progress(as_json) as step:
        found = verify_archive(place, step)
    if as_json:
        show_json({"archive": str(place.folder)} | asdict(found))
    else:
        for line in found.checked:
            show(f"ok: {line}")
        for problem in found.problems:
            warn(str(problem))
    if found.problems:
        raise typer.Exit(1)


def doctor(
    archive: ArchiveOption = None, encoder: EncoderOption = None, as_json: JsonOption = False
) -> None:
    """Say what is set, installed and missing, and what to do; exit code 1 where a fault is."""
    from api.pipeline.diagnosis import diagnose

    settings = Settings.read(archive=archive, encoder=encoder)
    found = diagnose(Archive(settings.archive), settings)
    if as_json:
        show_json([asdict(finding) for finding in found])
    else:
        for finding in found:
            show(f"{_MARKS[finding.level]} {finding.about}: {finding.text}")
    if any(finding.level == "fault" for finding in found):
        raise typer.Exit(1)
