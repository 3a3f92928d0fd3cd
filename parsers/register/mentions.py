"""What each piece of evidence says: the bodies that it can name, and whether it is sure of one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.register import hosts
from parsers.register.divisions import LISTED, Division, register
from parsers.register.evidence import Candidate, Evidence, Mention
from parsers.register.likely import Meaning, likely, renamed
from parsers.register.names import Name, brief, named, squeezed
from parsers.register.offices import Office, office
from parsers.text.titles import report_title

FILES = (".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx", ".html", ".htm", ".zip", ".rar", ".txt")
COUNTIES = ("县", "区", "旗", "市")


def mentions(evidence: Evidence) -> list[Mention]:
    if evidence.portal and not register().of_code(evidence.portal):
        says = f"a register that has the portal's division {evidence.portal}"
        return [Mention("portal", evidence.portal, decides=says)]
    return [_mention(Mention(source, text), evidence) for source, text in _texts(evidence)]


def body_named(text: str) -> str | None:
    """Whom the title of a report names, at its beginning or in parentheses at its end, or a name itself."""
    stem = text.rsplit(".", 1)[0] if text.lower().endswith(FILES) else text
    title = report_title(stem)
    if title is None:
        return stem if any(name.office for name in named(stem)) else None
    if title.body:
        bare = squeezed(title.body)
        return bare[1:-1] if bare[0] == "(" and bare.find(")") == len(bare) - 1 else bare
    bare = squeezed(title.text)
    last = bare[:-1].rpartition("(")[2] if bare.endswith(")") else ""
    return last if last and any(name.office for name in named(last)) else None


def _texts(evidence: Evidence) -> Iterator[tuple[str, str]]:
    titled = (("title", evidence.title), ("heading", evidence.heading), ("attachment", evidence.attachment))
    for source, text in titled:
        if text and (name := body_named(text)):
            yield source, name
        elif text and source == "heading" and report_title(text) is None:
            yield source, text
    if evidence.column:
        yield "column", evidence.column


def _mention(mention: Mention, evidence: Evidence) -> Mention:
    names = [name for name in named(mention.text) if name.office]
    if not names:
        lost = named(mention.text)[0].lost or mention.text
        return replace(mention, decides=f"a register that knows {lost}, which the {mention.source} names")
    if not any(name.divisions for name in names):
        return _without_place(mention, names[0], evidence)
    exact = [name for name in names if not name.loose]
    for some in (exact, names):
        found = _placed(mention, some, evidence) if some else None
        if found and not found.conflict:
            return found
    return _placed(mention, names, evidence)


def _placed(mention: Mention, names: list[Name], evidence: Evidence) -> Mention:
    """One of the divisions of the name that is printed; a portal proves which of them it can be."""
    ways = [(division, name.office) for name in names for division in name.divisions if name.office]
    meanings = list(dict.fromkeys(ways))
    context = bool(evidence.portal) or names[0].places > 1
    known_from = [f"the {mention.source} names {mention.text}"]
    if evidence.portal:
        inside = [one for one in meanings if register().within(one[0].code, evidence.portal)]
        if not inside:
            return _elsewhere(mention, meanings, evidence)
        ways = meanings = inside
        known_from.append(f"the portal is that of {evidence.portal}")
    found = likely(meanings, evidence.year)
    meanings = found.meanings
    if found.against:
        return _untimely(mention, found.against, meanings, evidence.year)
    known_from += [found.because] if found.because else []
    sure = len(meanings) == 1 and (context or _complete(meanings[0][0], mention.text, evidence))
    if not sure and evidence.address:
        heard = hosts.sounding(evidence.address, _lasting(ways, evidence.year))
        likely_heard = [one for one in meanings if one[0] in heard]
        if likely_heard and len({one.code for one in heard}) == 1:
            meanings = likely_heard
            sure = len(meanings) == 1
            known_from.append("the address is named after the place")
    return _found(mention, meanings, sure, known_from, evidence.year)


def _without_place(mention: Mention, name: Name, evidence: Evidence) -> Mention:
    """区民政局 or 民政局: a portal proves whose, an address may be named after it."""
    rest = name.text.removeprefix(name.level)
    if evidence.portal:
        divisions = _at(evidence.portal, evidence.year)
        known_from = [f"the {mention.source} names {name.text}", f"the portal is that of {evidence.portal}"]
        if name.level and not any(division.name.endswith(name.level) for division in divisions):
            says = f"the {mention.source} says {name.text}, the portal is that of {divisions[0].name}"
            return replace(mention, conflict=says, decides="a text that names the place")
    else:
        divisions = _heard(evidence.address or "", name.level)
        known_from = [f"the {mention.source} names {name.text}", "the address is named after the place"]
    offices = [(division, office(rest, division.level, division.name)) for division in divisions]
    meanings = [(division, its) for division, its in offices if its]
    if not meanings:
        return replace(mention, decides=f"a portal or a text that says whose {name.text} it is")
    return _found(mention, meanings, len(meanings) == 1, known_from, evidence.year)


def _heard(address: str, level: str) -> tuple[Division, ...]:
    """After which the host is named. The portal of a prefecture has its counties' bodies too, so one that
    sounds like a county leaves open whose 民政局 or 县民政局 it is."""
    heard = hosts.numbered(address) or hosts.named_after(address)
    if level != "市" and any(division.level == "prefecture" for division in heard):
        return ()
    return tuple(division for division in heard if division.name.endswith(level or COUNTIES))


def _found(
    mention: Mention, meanings: list[Meaning], sure: bool, known_from: list[str], year: int | None
) -> Mention:
    candidates = tuple(_candidate(division, its, year) for division, its in meanings)
    places = "、".join(sorted({candidate.place for candidate in candidates})[:5])
    decides = None if sure else f"a portal, or a text, that names the place: {places}"
    return replace(mention, candidates=candidates, sure=sure, known_from=tuple(known_from), decides=decides)


def _untimely(mention: Mention, against: str, meanings: list[Meaning], year: int | None) -> Mention:
    says = f"the {mention.source} names {mention.text}, {against.removeprefix('the report is ')}"
    open_ = _found(mention, meanings, False, [], year)
    return replace(open_, conflict=says, decides="a person who opens the document")


def _elsewhere(mention: Mention, meanings: list[Meaning], evidence: Evidence) -> Mention:
    portal = register().get(evidence.portal or "")
    says = (
        f"the {mention.source} names {mention.text}, which does not lie in {portal.name if portal else ''}, "
    )
    says += f"whose portal it is ({evidence.portal})"
    found = _found(mention, likely(meanings, evidence.year).meanings, False, [], evidence.year)
    return replace(found, conflict=says, decides="a person who opens the document")


def _complete(division: Division, text: str, evidence: Evidence) -> bool:
    """Is every namesake of it in the register? Townships are, in the years of which there are lists; of zones
    only one that bears its city's name, as 兰州新区 does, has none."""
    if division.level == "township":
        alone = evidence.year in LISTED and _alone(division, text, evidence.year or 0)
        return alone and not hosts.elsewhere(evidence.address or "", division)
    above = register().get(division.parent or "")
    named_after = (
        division.level == "zone" and above is not None and division.name.startswith(brief(above.name))
    )
    return named_after or division.level in ("province", "prefecture", "county")


def _alone(division: Division, text: str, year: int) -> bool:
    """Has it the printed name, and no other place that or one so near that people print it for the other?

    A name is in use for a year after its end, and old reports are shown under names that came later."""
    streets = ["路街道", "街街道", "街道"] if division.name.endswith("街道") else []
    near = (f"{division.name.removesuffix('街道')}{end}" for end in streets)
    same = {one for name in named(text) if name.office for one in name.divisions}
    same |= {one for name in near for one in register().named(name) if one.published}
    codes = {one.code for one in _lasting(((one, None) for one in same), year)}
    return division.name in squeezed(text) and codes == {division.code}


def _lasting(ways: Iterable[tuple[Division, object]], year: int | None) -> list[Division]:
    """Without those that had ended by the year before, whatever the notices say of when the others began."""
    return list(dict.fromkeys(one for one, _ in ways if year is None or (one.last_year or year) >= year - 1))


def _at(code: str, year: int | None) -> tuple[Division, ...]:
    """The division in that year, or what it came from."""
    now = register().get(code, year)
    if now:
        return (now,)
    last = register().of_code(code)[-1]
    before = [one for one in register().predecessors(last) if one.stood(year)]
    return tuple(before) or (last,)


def _candidate(division: Division, its: Office, year: int | None) -> Candidate:
    """Named as its place is called last: an id lasts where a place only got another name."""
    above = register().get(division.parent or "", year) or register().get(division.parent or "")
    county = renamed(above).name if above and len(division.code) == 9 else ""
    name = f"{county}{renamed(division).name}{its.name}"
    return Candidate(name, division.code, _place(division, year), its)


def _place(division: Division, year: int | None) -> str:
    names = [division.name]
    code = division.parent
    while code and (above := register().get(code, year) or register().get(code)):
        names.append(above.name)
        code = above.parent
    return "".join(reversed(names))
