"""An odd portal's own Python file: found, run, and what is wrong with it said."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli.portals import portals
from crawler.captures import Store
from crawler.crawl import crawl
from crawler.job import Job
from crawler.portal import WrongPortal, load
from tests.crawler.loopback import Site

KEY = "990101-qinghe"
HEAD = "from crawler.cms.generic import Generic\n"


def _odd(data: Path, site: Site, text: str | None) -> Path:
    site.portal_file(data, KEY, ["/gb/"], cms="own")
    if text is not None:
        (data / "portals" / f"{KEY}.py").write_text(text, encoding="utf-8")
    return data / "portals" / f"{KEY}.yaml"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, ".py: is not there, and `cms: own` needs it; write it"),
        ("x = (\n", r".py, line 1: SyntaxError: '\(' was never closed .*; mend it"),
        ("import re\n\nre.compile('(')\n", ".py, line 3: .*unterminated subpattern.*; mend it"),
        ("import nowhere_at_all\n", ".py, line 1: ModuleNotFoundError: No module named .*; mend it"),
        (HEAD, ".py: gives no ADAPTER; end it with `ADAPTER = YourClass\\(\\)`"),
        (HEAD + "ADAPTER = Generic", ".py: gives no ADAPTER; end it"),
        ("ADAPTER = 1", ".py: ADAPTER has no recognised, leads, listing, article; let its class be"),
    ],
)
def test_what_is_wrong_with_the_file_is_one_line(
    tmp_path: Path, site: Site, text: str | None, says: str
) -> None:
    path = _odd(tmp_path, site, text)
    with pytest.raises(WrongPortal, match=f"{KEY}{says}") as wrong:
        load(path)
    assert "\n" not in str(wrong.value)


def test_another_portals_file_is_not_taken(tmp_path: Path, site: Site) -> None:
    path = _odd(tmp_path, site, None)
    (tmp_path / "portals" / "other.py").write_text(f"{HEAD}ADAPTER = Generic()", encoding="utf-8")
    with pytest.raises(WrongPortal, match="is not there"):
        load(path)
    site.portal_file(tmp_path, KEY, ["/gb/"])
    (tmp_path / "portals" / f"{KEY}.py").write_text("raise SystemExit", encoding="utf-8")
    assert load(path).own is None


def test_the_check_reads_columns_as_own_files_do_and_names_one_that_stumbles(
    tmp_path: Path, site: Site
) -> None:
    site.html("/", "<title>青禾县人民政府</title>" + "<p>要闻</p>" * 90)
    site.html("/gb/", "<pre>2023-01-20 〔7〕青禾县民政局2022年政府信息公开工作年度报告</pre>第1卷，共1卷" * 9)
    own = (Path(__file__).parents[2] / "samples" / "own.py").read_text("utf-8")
    for key, text in (("sound", own), ("broken", own.replace("pre::text", "pre::")), ("missing", None)):
        site.portal_file(tmp_path, key, ["/gb/"], cms="own")
        if text is not None:
            (tmp_path / "portals" / f"{key}.py").write_text(text, encoding="utf-8")
    words = ["check", "--data", str(tmp_path), "--local"]
    checked = CliRunner().invoke(portals, words, standalone_mode=False)
    assert checked.return_value == 1
    assert "sound: answers as its file says, 1 columns\n" in checked.stdout
    assert "broken.py stumbled over it" in checked.stdout
    assert "missing.py: is not there" in checked.stderr


def test_a_run_names_the_file_that_read_its_lists_and_a_stumble_over_it(tmp_path: Path, site: Site) -> None:
    site.html("/gb/", "<p>年报</p>" * 90)
    odd = "class Odd(Generic):\n    def listing(self, page, column):\n        return 1 / 0\n"
    text = f"{HEAD}{odd}ADAPTER = Odd()\n"
    path = _odd(tmp_path, site, text)
    (outcome,) = crawl([KEY], tmp_path, local=True, progress=lambda _line: None)
    assert any(f"crawl.log says where; mend {path.with_suffix('.py')}" in says for says in outcome.says)
    (run,) = Store(tmp_path / "captures").runs()
    assert run.notes[0].says.startswith(f"its lists were read by its own {KEY}.py, sha256 ")


def test_another_own_file_is_other_work(tmp_path: Path, site: Site) -> None:
    path = _odd(tmp_path, site, f"{HEAD}ADAPTER = Generic()")
    before = Job.of(tmp_path, [KEY], [path.parent]).since
    assert Job.of(tmp_path, [KEY], [path.parent]).since == before
    path.with_suffix(".py").write_text(f"{HEAD}ADAPTER = Generic()\n", encoding="utf-8")
    assert Job.of(tmp_path, [KEY], [path.parent]).since != before
