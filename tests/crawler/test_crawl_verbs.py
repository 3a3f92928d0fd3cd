import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive.cli.crawl import crawl
from archive.cli.portals import portals
from tests.crawler.loopback import Site

KEY = "990101-qinghe"


def _run(verb: click.Command, *words: object) -> Result:
    return CliRunner().invoke(
        verb, [str(word) for word in words], standalone_mode=False, catch_exceptions=False
    )


def test_portals_are_listed(tmp_path: Path, site: Site) -> None:
    site.portal_file(tmp_path, KEY, ["/nb/"])
    result = _run(portals, "--data", tmp_path)
    assert result.return_value == 0
    assert f"{KEY}  990101  trs  青禾县人民政府  tried: never\n" in result.output
    lines = _run(portals, "--data", tmp_path, "--json").stdout.splitlines()
    (entry,) = (entry for entry in map(json.loads, lines) if entry["key"] == KEY)
    assert entry["columns"] == [{"url": site.base + "/nb/", "body": None}]
    assert entry["tried"] is None


def test_a_wrong_portal_file_is_one_line_and_the_others_are_listed(tmp_path: Path, site: Site) -> None:
    site.portal_file(tmp_path, KEY, ["/nb/"])
    site.portal_file(tmp_path, "990102-wrong", ["/nb/"], colour="red")
    result = _run(portals, "--data", tmp_path)
    assert result.return_value == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"nianbao: {tmp_path}/portals/990102-wrong.yaml: unknown key 'colour'")
    assert KEY in result.stdout


def test_a_missing_portal_is_one_line(tmp_path: Path) -> None:
    result = _run(crawl, "nowhere", "--data", tmp_path)
    assert (result.return_value, result.stdout) == (2, "")
    assert (
        result.stderr
        == "nianbao: nowhere: there is no such portal; `nianbao portals` lists those there are\n"
    )


def test_what_can_be_crawled_is_crawled_and_the_rest_is_said(tmp_path: Path, site: Site) -> None:
    title = "青禾县民政局2021年政府信息公开工作年度报告"
    row = f'<li><a href="./t20220120_1.htm">{title}</a><span>01-20</span></li>'
    site.html("/nb/", f"{row}<script>createPageHTML(1, 0, 'index', 'html')</script>")
    site.html("/nb/t20220120_1.htm", f"<h1>{title}</h1>")
    site.portal_file(tmp_path, KEY, ["/nb/"])
    site.portal_file(tmp_path, "990102-wrong", ["/nb/"], colour="red")
    result = _run(crawl, KEY, "990102-wrong", "nowhere", "--data", tmp_path, "--local", "--json")
    assert result.return_value == 1
    (entry,) = map(json.loads, result.stdout.splitlines())
    assert (entry["portal"], entry["reports"], entry["says"]) == (KEY, 1, [])
    missing, wrong = (line for line in result.stderr.splitlines() if line.startswith("nianbao: "))
    assert missing == "nianbao: nowhere: there is no such portal; `nianbao portals` lists those there are"
    assert wrong.startswith(
        f"nianbao: {tmp_path}/portals/990102-wrong.yaml: unknown key 'colour' in the file"
    )
    assert _run(crawl, KEY, "--data", tmp_path, "--replay").return_value == 0


def test_a_data_folder_that_cannot_be_written_is_one_line(tmp_path: Path, site: Site) -> None:
    site.portal_file(tmp_path, KEY, ["/nb/"])
    (tmp_path / "captures").write_text("a file stands where the folder should be")
    with pytest.raises(click.ClickException, match="cannot be written"):
        _run(crawl, KEY, "--data", tmp_path, "--local")


def test_without_a_key_no_portal_is_asked_but_the_users_own(tmp_path: Path) -> None:
    result = _run(crawl, "--data", tmp_path, "--local")
    assert result.return_value == 2
    assert result.stderr == (
        f"nianbao: {tmp_path}/portals: no portal file is there; nianbao add ADDRESS writes one, "
        "nianbao portals lists those to name\n"
    )
    assert not list(tmp_path.glob("captures/runs/*.jsonl"))
