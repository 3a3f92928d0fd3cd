"""Does a portal still answer as its file says?"""

import json
from pathlib import Path

from click.testing import CliRunner

from archive.cli.portals import portals
from crawler.discover.look import check_up
from samples.portals import yaml_files
from samples.server import serve
from tests.crawler.loopback import serving


def _files(folder: Path, texts: dict[str, str]) -> list[Path]:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def test_portals_that_answer_as_their_files_say_are_sound(tmp_path: Path) -> None:
    with serve() as portals:
        trs, hanweb = check_up(_files(tmp_path, yaml_files(portals.bases)), local=True)
    assert (trs.key, hanweb.key) == ("sample-trs", "sample-hanweb")
    assert trs.sound
    assert hanweb.sound
    assert len(trs.answers) == 12
    assert all(answer.reports for answer in (*trs.answers, *hanweb.answers))


def test_a_portal_on_other_software_is_named_by_what_it_shows_now(tmp_path: Path) -> None:
    with serve() as portals:
        texts = yaml_files(portals.bases)
        moved = texts["sample-hanweb.yaml"].replace("cms: hanweb", "cms: trs")
        (health,) = check_up(_files(tmp_path, {"sample-hanweb.yaml": moved}), local=True)
    assert not health.sound
    assert "the page is written by hanweb (a <datastore>" in (health.answers[0].says or "")


def test_a_column_that_is_gone_or_empty_and_a_host_that_is_away_say_so(tmp_path: Path) -> None:
    with serving() as site:
        site.html("/", "<title>青禾县人民政府</title>" + "<p>要闻</p>" * 90)
        site.html("/empty/", "<ul><li><a href='/a/t20240101_1.html'>要闻一则</a> 2024-01-01</li></ul>")
        site.portal_file(tmp_path, "here", ["/empty/", "/gone/"])
        (health,) = check_up([tmp_path / "portals" / "here.yaml"], local=True)
    empty, gone = (answer.says or "" for answer in health.answers)
    assert empty.startswith("1 rows, and no report among them")
    assert gone.startswith("status 404")
    (away,) = check_up([tmp_path / "portals" / "here.yaml"], local=True)
    assert all("its host refuses connections; try later" in (answer.says or "") for answer in away.answers)
    assert next(answer.url for answer in away.answers).endswith("/empty/")


def test_the_verb_says_of_each_portal_whether_it_answers_as_its_file_says(tmp_path: Path) -> None:
    (tmp_path / "portals").mkdir()
    words = ["check", "--data", str(tmp_path), "--local"]
    with serve() as served:
        _files(tmp_path / "portals", yaml_files(served.bases))
        sound = CliRunner().invoke(portals, words, standalone_mode=False)
        served.mood = "redesigned"
        broken = CliRunner().invoke(portals, [*words, "sample-trs", "--json"], standalone_mode=False)
    assert sound.return_value == 0
    assert sound.stdout.splitlines() == [
        "sample-hanweb: answers as its file says, 5 columns",
        "sample-trs: answers as its file says, 12 columns",
    ]
    assert broken.return_value == 1
    said = json.loads(broken.stdout)
    assert (said["portal"], said["sound"]) == ("sample-trs", False)
    assert any(answer["says"] for answer in said["answers"])
    nowhere = CliRunner().invoke(portals, [*words, "nowhere"], standalone_mode=False)
    assert nowhere.return_value == 2
    assert nowhere.stderr.startswith("nianbao: nowhere: there is no such portal")
