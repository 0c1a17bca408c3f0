"""An article is found by its address in any form, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.addresses import AddressIndex

ADDRESSES = ["https://www.desk.example/a/b/?utm_source=x", "", "http://desk.example/c?id=2&p=1"]


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("https://www.desk.example/a/b/?utm_source=x", [0]),
        ("desk.example/a/b", [0]),
        ("HTTP://m.desk.example:80/a//b/amp/#top", [0]),
        ("https://desk.example/c?p=1&id=2", [2]),
        ("https://desk.example/c?p=1", []),
        ("https://desk.example/a", []),
        ("www.desk.example", [0, 2]),
        ("https://desk.example:8080/a/b", []),
        ("https://[half", []),
        ("", []),
    ],
)
def test_all_forms_of_an_address_are_one(tmp_path: Path, address: str, rows: list[int]) -> None:
    built = AddressIndex.build(ADDRESSES)
    built.save(tmp_path)
    for index in (built, AddressIndex.open(tmp_path, 3)):
        assert index.find(address).tolist() == rows


def test_an_index_followed_by_another_has_the_rows_of_both() -> None:
    both = AddressIndex.build(ADDRESSES).followed_by(AddressIndex.build(["desk.example/new"]), 3)
    assert both.find("desk.example").tolist() == [0, 2, 3]
    assert both.find("https://desk.example/new/").tolist() == [3]
