"""What is told of a portal's runs, and once."""

from dataclasses import replace

from archive.notify.events import events
from tests.crawler.notice.story import COLUMN, Page, Story, page

YEARS = range(2015, 2025)


def county() -> list[Page]:
    return [page(f"{year}.htm", year) for year in YEARS]


def told(story: Story) -> list[tuple[str, str]]:
    """Of each event the run's place and its kind."""
    runs = [notice.run for notice in story.notices()]
    return [(str(runs.index(event.run)), event.kind) for event in events(story.notices())]


def blocked(story: Story, times: int = 1) -> None:
    for _ in range(times):
        story.crawl([], lists=((COLUMN, "challenge"),))


def test_what_a_portal_has_when_first_read_is_told_in_one() -> None:
    story = Story()
    story.crawl(county()[:4], stopped="budget")
    assert told(story) == []
    story.crawl(county(), resumes=True)
    (event,) = events(story.notices())
    assert (event.kind, event.says) == ("first", "read for the first time: 10 reports")


def test_new_changed_and_gone_reports_are_told_once_each() -> None:
    story = Story()
    story.crawl(county()[:9])
    story.crawl([*county()[:8], replace(county()[8], text="edited"), county()[9]])
    lacking = [replace(one, answer="404", listed=False) if one.year == 2015 else one for one in county()]
    for _ in range(5):
        story.crawl(lacking)
    assert told(story) == [("0", "first"), ("1", "new"), ("1", "changed"), ("2", "changed"), ("5", "gone")]
    gone = list(events(story.notices()))[-1]
    assert gone.says.startswith(f"gone since {story.notices()[2].started[:10]}: 清源县民政局2015年")


def test_two_failing_runs_alert_once_and_recovery_is_told_once() -> None:
    story = Story()
    story.crawl(county())
    blocked(story)
    assert told(story) == [("0", "first")]
    blocked(story, 5)
    assert told(story) == [("0", "first"), ("2", "alert")]
    story.crawl(county())
    story.crawl(county())
    assert told(story) == [("0", "first"), ("2", "alert"), ("7", "recovered")]


def test_one_failing_run_is_told_neither_as_it_comes_nor_as_it_goes() -> None:
    story = Story()
    story.crawl(county())
    for _ in range(3):
        blocked(story)
        story.crawl(county())
    assert told(story) == [("0", "first")]


def test_another_failing_state_is_told_when_it_too_is_found_twice() -> None:
    story = Story()
    story.crawl(county())
    blocked(story, 2)
    story.crawl([], lists=((COLUMN, "timeout"),))
    assert [kind for _, kind in told(story)] == ["first", "alert"]
    story.crawl([], lists=((COLUMN, "timeout"),))
    story.crawl(county())
    assert [kind for _, kind in told(story)] == ["first", "alert", "alert", "recovered"]


def test_runs_that_could_not_tell_neither_alert_nor_recover() -> None:
    story = Story()
    story.crawl(county())
    blocked(story)
    story.crawl(county()[:2], stopped="budget")
    blocked(story)
    story.crawl(county()[:2], stopped="budget")
    assert told(story) == [("0", "first"), ("3", "alert")]


def test_the_same_runs_have_the_same_events_and_no_two_share_an_id() -> None:
    story = Story()
    story.crawl(county()[:2])
    story.crawl(county())
    blocked(story, 2)
    once, again = list(events(story.notices())), list(events(story.notices()))
    assert once == again
    assert len({event.id for event in once}) == len(once) == 10
