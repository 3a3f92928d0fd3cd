"""The words of a report: sections whose numbers agree with its tables."""

from collections.abc import Mapping
from random import Random

from parsers.form import form
from samples import sentences
from samples.county import Body
from samples.figures import dice
from samples.report import FormId, Section

NUMERALS = "一二三四五六"


def sections(
    body: Body,
    year: int,
    id: FormId,
    figures: Mapping[str, str],
    restarted: bool = False,
    copied: Body | None = None,
) -> tuple[Section, ...]:
    """The sections of one report; `copied` is the body whose section five stands in it."""
    words = _words(body, year, id, figures)
    if id in ("2014", "free"):
        return _free(body, year, words)
    parts = (
        _overview(body, dice(body.id, year, 1), words, restarted),
        (_pick(dice(body.id, year, 2), sentences.DISCLOSED, words),),
        (_pick(dice(body.id, year, 3), sentences.REQUESTS_TABLE, words),),
        (_disputes(dice(body.id, year, 4), words),),
        _shortcomings(copied or body, year),
        _rest(dice(body.id, year, 6), words),
    )
    return tuple(
        Section(number, f"{numeral}、{heading}", paragraphs)
        for number, (numeral, heading, paragraphs) in enumerate(
            zip(NUMERALS, form(id).sections, parts, strict=True), 1
        )
    )


def _words(body: Body, year: int, id: FormId, figures: Mapping[str, str]) -> dict[str, object]:
    rng = dice(body.id, year, "words")
    a, b = rng.sample(body.subjects, 2)
    posts = int(figures.get("indicators.disclosed", rng.randint(30, 120) + body.volume * rng.randint(2, 9)))
    counted = {
        "posts": posts,
        "part": posts * rng.randint(20, 60) // 100,
        "trainings": rng.randint(1, 4),
        "guests": rng.randint(5, 30),
        "opinions": rng.randint(2, 15),
        "items": rng.randint(3, 12),
        "paid": rng.randint(1, 40) * 10,
    }
    facts = _facts(id, figures, rng, body)
    return {"year": year, "publisher": body.named(year), "a": a, "b": b, **counted, **facts}


def _facts(id: FormId, figures: Mapping[str, str], rng: Random, body: Body) -> dict[str, int]:
    if id == "2014":
        received = int(figures["indicators.received"])
        disputes = ("review", "litigation")
        return {
            **_requests(received, 0, received, 0),
            **{d: int(figures[f"indicators.{d}"]) for d in disputes},
        }
    if id == "free":
        received = rng.randint(0, body.volume)
        return {**_requests(received, 0, received, 0), "review": 0, "litigation": 0}
    rows = ("new", "carried_in", "processed", "carried_out")
    direct, after = (int(figures[f"disputes.{kind}.total"]) for kind in ("direct", "after_review"))
    return {
        **_requests(*(int(figures[f"requests.{row}.total"]) for row in rows)),
        "review": int(figures["disputes.review.total"]),
        "litigation": direct + after,
    }


def _requests(new: int, carried_in: int, processed: int, carried_out: int) -> dict[str, int]:
    return {"new": new, "carried_in": carried_in, "processed": processed, "carried_out": carried_out}


def _pick(rng: Random, choices: tuple[str, ...], words: Mapping[str, object]) -> str:
    return rng.choice(choices).format(**words)


def _scope(body: Body, rng: Random, words: Mapping[str, object]) -> str:
    choices = sentences.SCOPE_AGGREGATE if body.kind == "government" else sentences.SCOPE_OWN
    return _pick(rng, choices, words)


def _received(rng: Random, words: Mapping[str, object]) -> str:
    some = words["new"] or words["carried_in"]
    return _pick(rng, sentences.REQUESTED if some else sentences.REQUESTED_NONE, words)


def _disputes(rng: Random, words: Mapping[str, object]) -> str:
    some = words["review"] or words["litigation"]
    return _pick(rng, sentences.DISPUTES if some else sentences.DISPUTES_NONE, words)


def _overview(body: Body, rng: Random, words: Mapping[str, object], restarted: bool) -> tuple[str, ...]:
    headings = sentences.INNER_HEADINGS if restarted else sentences.INNER_HEADINGS_BRACKETED
    topics = (
        _pick(rng, sentences.ACTIVE, words),
        _received(rng, words),
        _pick(rng, sentences.MANAGED, words),
        _pick(rng, sentences.PLATFORM, words),
        _pick(rng, sentences.SUPERVISED, words),
    )
    opening = _pick(rng, sentences.OPENING, words)
    basis = _pick(rng, sentences.BASIS, words) + _scope(body, rng, words)
    if restarted:
        pairs = zip(headings, topics, strict=True)
        return (opening, basis, *(line for pair in pairs for line in pair))
    return (opening, basis, *(f"{h}。{t}" for h, t in zip(headings, topics, strict=True)))


def _shortcomings(body: Body, year: int) -> tuple[str, ...]:
    rng = dice(body.id, year, 5)
    a, b = rng.sample(body.subjects, 2)
    words = {"a": a, "b": b, "items": rng.randint(3, 12)}
    return _pick(rng, sentences.PROBLEMS, words), _pick(rng, sentences.REMEDIES, words)


def _rest(rng: Random, words: Mapping[str, object]) -> tuple[str, ...]:
    fees = sentences.OTHER_PAID if rng.random() < 0.08 else sentences.OTHER_FREE
    first = _pick(rng, fees, words)
    return (first, _pick(rng, sentences.OTHER_MORE, words)) if rng.random() < 0.5 else (first,)


def _free(body: Body, year: int, words: Mapping[str, object]) -> tuple[Section, ...]:
    rng = dice(body.id, year, "free")
    opening = _pick(rng, sentences.OPENING[:1] + sentences.OPENING[2:], words)
    texts = (
        (opening, _scope(body, rng, words)),
        (_pick(rng, sentences.ACTIVE, words), _pick(rng, sentences.PLATFORM, words)),
        (_received(rng, words),),
        (f"{year}年提供政府信息均未收取费用，没有减免事项。",),
        (_disputes(rng, {**words}),),
        _shortcomings(body, year),
    )
    return tuple(
        Section(0, heading, paragraphs)
        for heading, paragraphs in zip(sentences.FREE_HEADINGS, texts, strict=True)
    )
