"""A model's client finds, reads and matches fact checks by tools, and is told what is wrong."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from api.mcp import create_mcp_server
from api.mcp.answers import SearchAnswer
from api.pipeline.ingest import SAMPLE
from tests.api.cli.program import PROGRAM, exit_code
from tests.api.fake_backend import EVIL, TEA, FakeBackend

TOOLS = ["article", "match_claim", "questions", "search"]


def called(name: str, arguments: dict[str, Any], server: Any = None) -> Any:
    """Return the structured answer of a tool, or the text of its error."""

    async def call() -> Any:
        async with Client(server or create_mcp_server(FakeBackend())) as client:
            found = await client.call_tool(name, arguments)
            if found.is_error:
                return found.content[0].text  # type: ignore[union-attr]
            return found.structured_content

    return asyncio.run(call())


def test_there_are_four_tools_that_only_read() -> None:
    async def listed() -> Any:
        async with Client(create_mcp_server(FakeBackend())) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert sorted(tool.name for tool in tools) == TOOLS
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.output_schema is not None
        assert tool.description


def test_a_search_gives_checks_with_what_a_quotation_needs() -> None:
    found = called("search", {"query": "tea"})
    SearchAnswer.model_validate(found)
    first = next(check for check in found["checks"] if check["id"] == TEA.id)
    assert first["verdict"] == TEA.verdict
    assert (first["publisher"], first["url"], first["date"]) == (
        TEA.publisher,
        TEA.url,
        "2024-03-09",
    )


def test_an_article_is_read_by_id_with_its_sources() -> None:
    found = called("article", {"id": TEA.id})
    assert [part["heading"] for part in found["sections"]] == [s.heading for s in TEA.sections]
    assert found["sources"][0].endswith("https://leaf.example/2019")
    assert "javascript" not in json.dumps(found["sources"])
    assert called("article", {"id": EVIL.id})["headline"] == EVIL.headline  # a quotation, as it is


def test_questions_come_with_the_passage_that_answers() -> None:
    found = called("questions", {"id": TEA.id})
    answered = [one for one in found["questions"] if one["answered_by"]]
    assert answered
    assert answered[0]["passage"]
    assert 0.0 < answered[0]["confidence"] <= 1.0


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("article", {"id": "none"}, "No published article has the id"),
        ("article", {}, "Give either id or url"),
        ("article", {"id": "a", "url": "https://desk.example/"}, "Give either id or url"),
        ("article", {"url": "https://desk.example/none"}, "No published fact check"),
        ("search", {"query": "tea", "limit": 1_000}, "less than or equal to 25"),
        ("search", {"query": "tea " * 5_000}, "at most 5000"),
        (
            "search",
            {"query": "tea", "date_from": "2025-01-02", "date_to": "2025-01-01"},
            "should not be after",
        ),
        ("match_claim", {"claim": ""}, "at least 1"),
    ],
)
def test_what_is_wrong_is_said(name: str, arguments: dict[str, Any], message: str) -> None:
    assert message in called(name, arguments)


@pytest.mark.slow
def test_a_process_answers_the_official_client_and_matches_a_claim(tmp_path: Path) -> None:
    place = ["--archive", str(tmp_path), "--encoder", "none"]
    assert exit_code(["ingest", str(SAMPLE), "--archive", str(tmp_path)]) == 0
    assert exit_code(["build", *place]) == 0
    program = StdioServerParameters(command=PROGRAM[0], args=[*PROGRAM[1:], "mcp", *place])

    async def asked() -> tuple[Any, Any, Any]:
        async with Client(program) as client:
            found = await client.call_tool("search", {"query": "do bats see"})
            same = await client.call_tool("match_claim", {"claim": "Bats are blind."})
            other = await client.call_tool("match_claim", {"claim": "The mayor sold the bridge."})
            return found, same, other

    found, same, other = (answer.structured_content for answer in asyncio.run(asked()))
    assert "bats" in found["checks"][0]["headline"].lower()
    assert "bats" in same["checks"][0]["headline"].lower()
    assert same["checks"][0]["probability"] == 1.0  # word for word
    assert other["checks"] == []
    assert other["note"]
