"""What programs are told of the site's JSON is what it answers, path by path."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from httpx import ASGITransport, AsyncClient
from jsonschema import Draft202012Validator, ValidationError
from lxml import html

from archive.pages.described import schema_of
from archive.publish import application

OFFICE, TOWN = "999901-甲局-2023", "999901-乙镇-2020"
ASKED: Mapping[str, tuple[tuple[Mapping[str, str], str], ...]] = {
    "search": (({}, f"q={quote('公开')}"), ({}, "from=2000"), ({}, "kind=moon")),
    "report": (({"id": OFFICE}, ""), ({"id": TOWN}, "")),
    "figure": (
        ({"report": OFFICE, "code": "requests.new.person"}, ""),
        ({"report": OFFICE, "code": "requests.partial.person"}, ""),
    ),
    "versions": (({"id": OFFICE}, "old=1&new=2"),),
    "compare": (({}, f"r={quote(OFFICE)}&r={quote(TOWN)}&r=nobody"), ({}, "")),
    "body": (({"id": "999901-甲局"}, ""), ({"id": "unresolved-丙/办"}, "")),
    "place": (({"id": "999901"}, ""), ({"id": "unresolved"}, "")),
    "findings": (({}, ""),),
    "rule": (({"id": "disputes.total"}, "year=2023&attribution=publisher"),),
    "portals": (({}, ""),),
    "portal": (({"id": "yangxian"}, ""),),
}
"""How each is asked for: the parts of its path and what stands behind the question mark."""


async def described(site: AsyncClient) -> Any:
    answer = await site.get("/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def validator(document: Any, operation: Any, status: str = "200") -> Any:
    schema = operation["responses"][status]["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": document["components"]})


def filled(path: str, parts: Mapping[str, str], query: str) -> str:
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    return f"{path}?{query}" if query else path


async def test_every_path_answers_as_it_is_described(archive_site: AsyncClient) -> None:
    document = await described(archive_site)
    operations = {path: operation["get"] for path, operation in document["paths"].items()}
    assert {operation["operationId"] for operation in operations.values()} == set(ASKED)
    for path, operation in operations.items():
        for parts, query in ASKED[operation["operationId"]]:
            answer = await archive_site.get(filled(path, parts, query))
            assert answer.status_code == 200, path
            validator(document, operation).validate(answer.json())


async def test_what_is_not_there_fails_as_it_is_described(archive_site: AsyncClient) -> None:
    document = await described(archive_site)
    for path, operation in document["paths"].items():
        nobody = {part["name"]: "nobody" for part in operation["get"]["parameters"] if part["in"] == "path"}
        if nobody:
            answer = await archive_site.get(filled(path, nobody, ""))
            assert answer.status_code == 404, path
            validator(document, operation["get"], "404").validate(answer.json())


async def test_an_answer_that_is_another_is_found(archive_site: AsyncClient) -> None:
    document = await described(archive_site)
    operation = document["paths"]["/report/{id}.json"]["get"]
    answer = (await archive_site.get(filled("/report/{id}.json", {"id": OFFICE}, ""))).json()
    answer["figures"][0]["value"] = "many"
    with pytest.raises(ValidationError, match="'many' is not of type 'integer'"):
        validator(document, operation).validate(answer)
    del document["components"]["schemas"]["publishers.BodyPage"]["properties"]["years"]
    body = (await archive_site.get(filled("/body/{id}.json", {"id": "999901-甲局"}, ""))).json()
    with pytest.raises(ValidationError, match="'years' was unexpected"):
        validator(document, document["paths"]["/body/{id}.json"]["get"]).validate(body)


async def test_each_language_describes_itself_and_is_shown_on_the_page_of_data(archive_db: Path) -> None:
    both = AsyncClient(transport=ASGITransport(application(archive_db)), base_url="http://archive.test")
    chinese, english = [(await both.get(f"{prefix}/openapi.json")).json() for prefix in ("", "/en")]
    assert [one["servers"][0]["url"] for one in (chinese, english)] == [
        "http://archive.test",
        "http://archive.test/en",
    ]
    assert chinese["info"]["title"] != english["info"]["title"]
    assert list(chinese["paths"]) == list(english["paths"])
    page: Any = html.fromstring((await both.get("/en/data")).content)
    assert "/en/openapi.json" in page.xpath("//main//a/@href")


async def test_a_former_id_leads_on_for_programs_too(archive_site: AsyncClient) -> None:
    answer = await archive_site.get(f"/body/{quote('999901-甲科')}.json")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/en/body/{quote('999901-甲局')}.json"


def test_a_type_that_cannot_be_described_is_an_error() -> None:
    @dataclass(frozen=True, slots=True)
    class Odd:
        value: complex

    with pytest.raises(TypeError, match="complex"):
        schema_of(Odd, {})
