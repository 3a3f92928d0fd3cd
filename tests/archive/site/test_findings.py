"""The pages of findings, and that every rule and every sentence of one has its words in each language."""

import ast
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.pages.addresses import report_address, rule_address
from archive.pages.translation import translated
from archive.pages.words import words as interface
from parsers.form import forms
from parsers.read import NOT_NUMBERS

Page = Callable[..., Awaitable[Any]]
ROOT = Path(__file__).parents[3]
MODULES = [path for top in ("parsers", "archive") for path in sorted((ROOT / top).rglob("*.py"))]
MADE_HERE = re.compile(r"\bFinding\(|\bdoubts?\b")
"""What a module holds that says something of a report or document, not of a failure."""


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


async def test_the_catalogue_counts_what_is_broken(page: Page) -> None:
    document = await page("/findings")
    rows = [[words(cell) for cell in row] for row in document.xpath("//tbody/tr")]
    assert rows == [
        ["Disputes do not add up disputes.total", "1", "1", "1", "1", "0"],
        ["Years differ year.conflict", "1", "1", "0", "1", "0"],
        ["Blank cells figures.blank", "1", "1", "0", "1", "0"],
    ]


async def test_a_rule_shows_where_it_is_broken(page: Page) -> None:
    document = await page(rule_address("disputes.total"))
    assert words(document.xpath("//h1")[0]) == "Disputes do not add up"
    assert "行政复议 · 总计 is 11, but the sum of its parts is 0: 11 more." in words(document)
    assert document.xpath("//ul[contains(@class, 'findings')]//a/@href") == [
        f"/en{report_address('999901-甲局-2023')}#findings"
    ]


@pytest.mark.parametrize(
    ("filters", "there"),
    [
        ("year=2023", True),
        ("year=2020", False),
        ("place=99", True),
        ("place=11", False),
        ("attribution=publisher", True),
        ("attribution=reading", False),
        ("year=2023&place=9999&attribution=", True),
    ],
)
async def test_findings_are_filtered(page: Page, filters: str, *, there: bool) -> None:
    document = await page(f"{rule_address('disputes.total')}?{filters}")
    assert bool(document.xpath("//ul[contains(@class, 'findings')]/li")) is there
    assert ("There is no such finding." in words(document)) is not there


async def test_a_rule_that_nothing_breaks_is_not_there(page: Page) -> None:
    assert "No report breaks a rule “form.none”." in words(await page(rule_address("form.none"), 404))
    assert "<b>" in words(await page(rule_address("<b>"), 404))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_named_and_explained(language: str) -> None:
    rules = {rule for path in MODULES for rule in _rules(ast.parse(path.read_text("utf-8")))}
    rules |= {equation.rule for form in forms() for equation in form.equations()}
    rules |= {f"figures.{status}" for status, *_ in NOT_NUMBERS}
    known = interface(language)
    assert len(rules) > 20
    assert {rule for rule in rules if f"rule.{rule}" not in known or f"meaning.{rule}" not in known} == set()


def test_every_sentence_is_said_in_chinese() -> None:
    sentences = {
        sentence
        for path in MODULES
        if MADE_HERE.search(text := path.read_text("utf-8"))
        for sentence in _sentences(ast.parse(text))
    } | {f"7 {says}" for *_, says in NOT_NUMBERS}
    assert len(sentences) > 20
    assert {one for one in sentences if translated(one, "zh") == one} == set()


def test_a_translation_translates_what_stands_in_it() -> None:
    says = "Whose report it is is not certain: the title says 甲县, the portal is that of 乙县."
    assert translated(says, "zh") == "不能确定是哪个机关的报告：标题写的是甲县，门户却是乙县的。"
    assert translated(says, "en") == says
    assert translated("Nobody ever says this.", "zh") == "Nobody ever says this."


def _rules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)


def _sentences(tree: ast.Module) -> Iterator[str]:
    """What is assigned to `says` or yielded as a doubt, each part that is put in as a 7."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and {"says", "doubt"} & {getattr(t, "id", "") for t in node.targets}:
            yield from _texts(node.value)
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.JoinedStr):
            yield from _texts(node.value)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
