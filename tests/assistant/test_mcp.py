"""The MCP server over real standard input and output, asked by the official client."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from lagrum.library import open_library
from tests.conftest import REPOSITORY

CASE = {
    "lagrum": 1,
    "case": "live face recognition at a railway station",
    "law": ["eu-ai-act-2021-proposal"],
    "on": "2022-01-01",
    "facts": {"practice": {"including": "identification"}, "timing": "real-time"},
}
ASKED = {"law": "eu-ai-act-2021-proposal", "against": "ban-biometric-surveillance-2021", "on": "2022-01-01"}
TOOLS = {"list_laws", "show_norm", "search", "assess", "next_question", "timeline", "loopholes", "compare"}


@asynccontextmanager
async def talking() -> AsyncIterator[ClientSession]:
    command = StdioServerParameters(
        command=sys.executable, args=["-c", "from lagrum.cli.main import main; main()", "mcp"], cwd=REPOSITORY
    )
    async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        yield session


async def call(session: ClientSession, tool: str, **arguments: Any) -> Any:
    answer = await session.call_tool(tool, arguments)
    text = "\n".join(getattr(part, "text", "") for part in answer.content)
    assert not answer.is_error, text
    found = answer.structured_content
    assert found is not None
    return found["result"] if set(found) == {"result"} else found


async def refused(session: ClientSession, tool: str, **arguments: Any) -> str:
    answer = await session.call_tool(tool, arguments)
    assert answer.is_error
    return "\n".join(getattr(part, "text", "") for part in answer.content)


async def conversation() -> None:
    async with talking() as session:
        assert {tool.name for tool in (await session.list_tools()).tools} == TOOLS
        laws = await call(session, "list_laws")
        assert {each["id"] for each in laws["answer"]["instruments"]} == set(open_library().pack.instruments)

        (ruling,) = await call(session, "assess", case=CASE)
        expected = open_library().law("eu-ai-act-2021-proposal").hash
        assert ruling["answer"]["ruling"] == "undetermined"
        assert [each["hash"] for each in ruling["texts"]] == [expected]
        assert (ruling["on"], len(ruling["id"])) == ("2022-01-01", 16)
        assert "Art. 5(1)(d)" in ruling["citations"]
        assert "no legal advice" in ruling["note"]
        assert ruling["review"]["eu-ai-act-2021-proposal"]

        step = await call(session, "next_question", case=CASE, on="2022-01-01")
        asked = step["answer"]["question"]["fact"]
        after = await call(session, "next_question", case=CASE, on="2022-01-01", asked=[asked])
        assert after["answer"]["question"]["fact"] != asked

        found = await call(
            session,
            "loopholes",
            law="eu-ai-act-2021-proposal",
            against="ban-biometric-surveillance-2021",
            on="2022-01-01",
        )
        assert found["answer"]["complete"] is True
        first = found["answer"]["families"][0]
        whole = await call(session, "loopholes", **ASKED, family=1)
        assert whole["answer"]["families"][0]["id"] == first["id"]
        assert len(whole["answer"]["families"][0]["loopholes"]) == first["loopholes"]

        rule = await call(session, "show_norm", citation="5(1)(d)", law="eu-ai-act-2021-proposal", on="2022-01-01")
        assert {each["kind"] for each in rule["answer"]["norms"]} >= {"forbid", "except"}
        assert (await call(session, "search", words="face"))["answer"]["found"]
        (over_time,) = await call(session, "timeline", case=CASE)
        assert over_time["answer"]["stretches"]

        wrong = {**CASE, "facts": {"timing": "soon"}}
        said = await refused(session, "assess", case=wrong)
        assert "LG0610" in said
        assert "#/case/facts/timing" in said
        assert "LG0720" in await refused(session, "compare", a="no-such-law", b="eu-ai-act")
        assert "LG0723" in await refused(session, "assess", case=CASE, on="tomorrow")


def test_an_assistant_cites_rulings_and_is_told_what_is_wrong() -> None:
    anyio.run(conversation)


def test_answers_are_json() -> None:
    from lagrum.assistant.told import told

    answer = told({"schema": "x", "laws": [], "id": "1", "norms": [{"citation": "Art. 1"}, {"citation": "Art. 1"}]})
    assert json.loads(json.dumps(answer))["citations"] == ["Art. 1"]
