"""What became of single reports: new, changed, moved, vanished, gone, returned, refused."""

from dataclasses import replace

import pytest

from crawler.captures import Run
from tests.crawler.notice.story import HOME, Page, Story, page

YEARS = range(2015, 2025)


def county() -> list[Page]:
    return [page(f"{year}.htm", year, files=((f"{HOME}{year}.pdf", f"file of {year}"),)) for year in YEARS]


def but(pages: list[Page], url: str, **facts: object) -> list[Page]:
    assert any(one.url == HOME + url for one in pages)
    return [replace(one, **facts) if one.url == HOME + url else one for one in pages]  # type: ignore[arg-type]


def test_first_crawl_is_all_new_and_the_second_nothing_new() -> None:
    story = Story()
    first = story.crawl(county())
    assert (first.state, first.first, len(first.new), first.unchanged) == ("ok", True, 10, 0)
    second = story.crawl(county())
    assert (second.state, second.first, second.new, second.unchanged) == ("nothing new", False, (), 10)
    assert (second.reports, second.requests, second.bytes, second.errors) == (10, 11, 1000, ())
    assert second.newest
    assert (second.newest.url, second.newest.year, second.newest.listed) == (
        f"{HOME}2024.htm",
        2024,
        "2025-01-20",
    )


def test_a_new_report_is_new_once() -> None:
    story = Story()
    story.crawl(county()[:-1])
    assert [one.url for one in story.crawl(county()).new] == [f"{HOME}2024.htm"]
    assert story.crawl(county()).new == ()


@pytest.mark.parametrize(
    ("facts", "text", "documents"),
    [
        ({"text": "another"}, True, ()),
        ({"files": ((f"{HOME}2020.pdf", "edited"),)}, False, (f"{HOME}2020.pdf",)),
        (
            {"files": ((f"{HOME}2020.pdf", "file of 2020"), (f"{HOME}more.pdf", "more"))},
            False,
            (f"{HOME}more.pdf",),
        ),
    ],
)
def test_changed_is_another_text_or_file_at_the_same_address(
    facts: dict[str, object], text: bool, documents: tuple[str, ...]
) -> None:
    story = Story()
    story.crawl(county())
    notice = story.crawl(but(county(), "2020.htm", **facts))
    (changed,) = notice.changed
    assert (changed.report.url, changed.text, changed.documents) == (f"{HOME}2020.htm", text, documents)
    assert (notice.state, notice.unchanged) == ("ok", 9)
    assert story.crawl(but(county(), "2020.htm", **facts)).changed == ()


def test_a_file_not_asked_for_and_a_title_in_other_words_are_no_change() -> None:
    story = Story()
    story.crawl(county())
    assert story.crawl(but(county(), "2020.htm", files=(), title="2020年年报")).changed == ()
    edited = but(county(), "2020.htm", files=((f"{HOME}2020.pdf", "edited"),))
    assert len(story.crawl(edited).changed) == 1, "what the file was is remembered"


def test_a_vanished_report_is_gone_after_three_more_complete_runs_said_so() -> None:
    story = Story()
    story.crawl(county())
    lacking = but(county(), "2020.htm", answer="404", listed=False)
    for again in range(3):
        notice = story.crawl(lacking)
        (vanished,) = notice.vanished
        assert (vanished.asked_again, len(vanished.evidence), notice.gone) == (again, again + 1, ())
    notice = story.crawl(lacking)
    (gone,) = notice.gone
    assert (gone.asked_again, notice.vanished, notice.reports) == (3, (), 9)
    assert [(one.kind, one.status, one.url) for one in gone.evidence] == [
        ("status", 404, f"{HOME}2020.htm")
    ] * 4
    assert [one.time for one in gone.evidence] == [one.started for one in story.notices()[1:]]
    assert {one.capture for one in gone.evidence} <= {one.id for one in story.captures}
    later = story.crawl(lacking)
    assert (later.gone, later.vanished, later.refused, later.state) == ((), (), 0, "nothing new")


@pytest.mark.parametrize("answer", ["404", "soft-404"])
def test_what_says_that_a_page_is_no_longer_there(answer: str) -> None:
    story = Story()
    story.crawl(county())
    assert len(story.crawl(but(county(), "2020.htm", answer=answer)).vanished) == 1


@pytest.mark.parametrize("answer", ["challenge", "login", "403", "503", "timeout", "dns", "not asked"])
def test_a_page_that_is_blocked_or_does_not_answer_is_never_vanished(answer: str) -> None:
    story = Story()
    story.crawl(county())
    for _ in range(6):
        notice = story.crawl(but(county(), "2020.htm", answer=answer))
        assert (notice.vanished, notice.gone, notice.reports) == ((), (), 10)
        assert notice.refused == (answer != "not asked")


def test_runs_that_were_blocked_or_stopped_do_not_count_as_asked_again() -> None:
    story = Story()
    story.crawl(county())
    lacking = but(county(), "2020.htm", answer="404", listed=False)
    story.crawl(lacking)
    for _ in range(4):
        stopped = story.crawl(lacking, stopped="budget")
        assert (stopped.vanished, stopped.gone, stopped.conclusive) == ((), (), False)
        assert story.crawl(but(county(), "2020.htm", answer="challenge")).vanished == ()
    (vanished,) = story.crawl(lacking).vanished
    assert vanished.asked_again == 1


def test_a_report_that_answers_again_returned_and_starts_anew() -> None:
    story = Story()
    story.crawl(county())
    lacking = but(county(), "2020.htm", answer="404", listed=False)
    story.crawl(lacking)
    story.crawl(lacking)
    back = story.crawl(county())
    assert [one.url for one in back.returned] == [f"{HOME}2020.htm"]
    assert (back.new, back.state, back.reports) == ((), "ok", 10)
    (vanished,) = story.crawl(lacking).vanished
    assert vanished.asked_again == 0


def test_moved_is_the_same_text_or_file_elsewhere_and_neither_new_nor_vanished() -> None:
    story = Story()
    story.crawl(county())
    old = but(county(), "2020.htm", answer="404", listed=False)
    same_text = replace(county()[5], url=f"{HOME}new/2020.htm", files=())
    notice = story.crawl([*old, same_text])
    (moved,) = notice.moved
    assert (moved.report.url, moved.to) == (f"{HOME}2020.htm", f"{HOME}new/2020.htm")
    assert (notice.new, notice.vanished, notice.reports, notice.state) == ((), (), 10, "ok")
    later = story.crawl([*old, same_text])
    assert (later.moved, later.new, later.state) == ((), (), "nothing new")


def test_the_same_file_on_a_page_with_another_text_is_moved() -> None:
    story = Story()
    story.crawl(county())
    old = but(county(), "2020.htm", answer="404", listed=False)
    same_file = replace(
        county()[5], url=f"{HOME}n.htm", text="other", files=((f"{HOME}n.pdf", "file of 2020"),)
    )
    assert [moved.to for moved in story.crawl([*old, same_file]).moved] == [f"{HOME}n.htm"]


def test_pages_that_read_alike_with_other_files_are_not_the_same_report() -> None:
    story = Story()
    story.crawl(county())
    old = but(county(), "2020.htm", answer="404", listed=False)
    other = replace(county()[5], url=f"{HOME}n.htm", files=((f"{HOME}n.pdf", "another file"),))
    notice = story.crawl([*old, other])
    assert (notice.moved, len(notice.vanished), len(notice.new)) == ((), 1, 1)


def test_a_copy_beside_a_report_that_still_answers_is_new_and_not_moved() -> None:
    story = Story()
    story.crawl(county())
    notice = story.crawl([*county(), replace(county()[5], url=f"{HOME}new/2020.htm", files=())])
    assert (notice.moved, len(notice.new)) == ((), 1)


def test_an_old_address_that_leads_to_the_new_one_is_moved_once() -> None:
    story = Story()
    story.crawl(county())
    old = but(county(), "2020.htm", answer="redirect", listed=False, files=())
    new = replace(county()[5], url=f"{HOME}new/2020.htm")
    assert [moved.to for moved in story.crawl([*old, new]).moved] == [f"{HOME}new/2020.htm"]
    later = story.crawl([*old, new])
    assert (later.moved, later.returned, later.changed, later.state) == ((), (), (), "nothing new")


def test_an_old_address_that_leads_away_is_vanished_whatever_stands_there() -> None:
    story = Story()
    story.crawl(county())
    home = but(county(), "2020.htm", answer="redirect", listed=False, text="welcome", files=())
    for again in range(3):
        notice = story.crawl(home)
        assert [one.asked_again for one in notice.vanished] == [again]
        assert (notice.changed, notice.returned, notice.unchanged) == ((), (), 9)
    (gone,) = story.crawl(home).gone
    assert {(one.kind, one.status) for one in gone.evidence} == {("elsewhere", 302)}


def test_a_listed_report_behind_a_redirect_is_like_any_other() -> None:
    story = Story()
    pages = but(county(), "2020.htm", answer="redirect")
    assert len(story.crawl(pages).new) == 10
    assert story.crawl(pages).unchanged == 10
    assert len(story.crawl(but(pages, "2020.htm", text="edited")).changed) == 1


def test_a_file_that_two_reports_share_is_not_new_beside_the_other() -> None:
    story = Story()
    shared = (f"{HOME}shared.pdf", "shared")
    own = (f"{HOME}2020.pdf", "file of 2020")
    story.crawl(but(county(), "2019.htm", files=(shared,)))
    without = but(county(), "2019.htm", files=())
    assert story.crawl(but(without, "2020.htm", files=(own, shared))).changed == ()


def test_a_report_found_elsewhere_later_is_moved_and_no_longer_vanished() -> None:
    story = Story()
    story.crawl(county())
    old = but(county(), "2020.htm", answer="404", listed=False)
    assert len(story.crawl(old).vanished) == 1
    notice = story.crawl([*old, replace(county()[5], url=f"{HOME}new/2020.htm", files=())])
    assert (len(notice.moved), notice.vanished) == (1, ())


def test_a_host_that_is_no_more_and_a_new_one_with_the_same_reports_is_a_move() -> None:
    story = Story()
    story.crawl(county())
    dead = [replace(one, answer="dns", listed=False) for one in county()]
    fresh = [replace(one, url=one.url.replace("county", "new-county"), files=()) for one in county()]
    assert len(story.crawl([*dead, *fresh]).moved) == 10


def test_a_copy_known_before_does_not_make_an_unanswered_page_moved() -> None:
    story = Story()
    pages = [*county(), replace(county()[5], url=f"{HOME}copy.htm", files=())]
    story.crawl(pages)
    assert story.crawl(but(pages, "2020.htm", answer="timeout")).moved == ()
    assert len(story.crawl(but(pages, "2020.htm", answer="404")).moved) == 1, "its other address stands"


def test_a_stopped_run_tells_what_it_had_and_its_rest_does_not_tell_it_again() -> None:
    story = Story()
    story.crawl(county()[:5])
    stopped = story.crawl(county()[:7], stopped="budget")
    assert (len(stopped.new), stopped.stopped, stopped.complete, stopped.state) == (2, "budget", False, "ok")
    rest = story.crawl(county(), resumes=True)
    assert (len(rest.new), rest.complete, rest.sweep) == (3, True, stopped.sweep)


def test_a_run_that_was_cut_off_is_stopped() -> None:
    story = Story()
    story.crawl(county())
    story.crawl(county()[:1])
    last = story.sweeps[-1]
    cut: Run = replace(last.runs[-1], summary=None)
    story.sweeps[-1] = replace(last, runs=(cut,), complete=False)
    notice = story.notices()[-1]
    assert (notice.stopped, notice.state, notice.conclusive, notice.requests) == (
        "interrupted",
        "nothing new",
        False,
        0,
    )
