"""The first sheet with a table is read; what unpacks too far is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from corpus.models import BadRecord
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.tables import excel
from corpus.readers.tables.excel import read_excel

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_sheet(path: Path, rows: list[list[str]]) -> Path:
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in row) + "</row>"
        for row in rows
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {NS} xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Checks" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {NS}><sheetData>{cells}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def test_rows_are_read(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", [["Title", "Rating"], ["Do trams fly?", "False"]])
    (found,) = read_excel(path, ReadOptions())
    assert isinstance(found, LocatedArticle)
    assert (found.article.headline, found.article.verdict) == ("Do trams fly?", "False")


def test_what_cannot_be_read_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty,) = read_excel(write_sheet(tmp_path / "a.xlsx", []), ReadOptions())
    assert isinstance(empty, BadRecord)
    assert "empty" in empty.reason
    (tmp_path / "b.xlsx").write_bytes(b"no zip")
    (broken,) = read_excel(tmp_path / "b.xlsx", ReadOptions())
    assert isinstance(broken, BadRecord)
    monkeypatch.setattr(excel, "MAX_UNPACKED_BYTES", 100)
    (bomb,) = read_excel(tmp_path / "a.xlsx", ReadOptions())
    assert isinstance(bomb, BadRecord)
    assert "unpacks to" in bomb.reason


def test_an_archive_that_asks_for_another_version_of_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 6] = 123  # the version that is needed
    path.write_bytes(data)
    (found,) = read_excel(path, ReadOptions())
    assert isinstance(found, BadRecord)
    assert "cannot be read" in found.reason
