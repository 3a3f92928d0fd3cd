"""Where each portal puts a report: columns, and addresses that stay the same from phase to phase."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from samples import defects
from samples.county import Body, Family
from samples.figures import dice
from samples.report import Report

COUNTY_COLUMN = "/zwgk/zfxxgk/zfxxgknb/"
IN_COUNTY_COLUMN = (
    "government",
    "office",
    "development",
    "education",
    "industry",
    "civil",
    "justice",
    "finance",
)
DEPARTMENTS, TOWNSHIPS = 33718, 33720
OWN_NUMBERS = {"market": 33731, "insurance": 33732, "urban": 33733}


@dataclass(frozen=True, slots=True)
class Address:
    """Paths on the body's own portal. `mirror` is a second address of the same article."""

    portal: Family
    article: str
    attachment: str | None
    column: str
    mirror: str | None = None


def column(body: Body) -> str:
    """The path of the column that lists the body's reports."""
    if body.portal == "hanweb":
        return f"/col/col{number(body)}/index.html"
    if body.id in IN_COUNTY_COLUMN:
        return COUNTY_COLUMN
    folder = "bmxxgk" if body.office else "xzxxgk"
    return f"/zwgk/zfxxgk/{folder}/{body.id}/zfxxgknb/"


def number(body: Body) -> int:
    return OWN_NUMBERS.get(body.id, DEPARTMENTS if body.office else TOWNSHIPS)


def own_column(body: Body) -> bool:
    """Whether its column holds the reports of this body alone."""
    return body.id in OWN_NUMBERS if body.portal == "hanweb" else body.id not in IN_COUNTY_COLUMN


def address(report: Report) -> Address:
    """The same for every phase: it follows from body, year and day alone."""
    place = trs if report.body.portal == "trs" else hanweb
    own = place(report.body, report.id, listed(report))
    file = None if report.format == "html" else attachment(report)
    mirrored = (report.body.id, report.year) in defects.MIRRORED
    second = _trs(COUNTY_COLUMN, f"{report.id}-mirror", listed(report)) if mirrored else None
    return Address(report.body.portal, own, file, column(report.body), second)


def listed(report: Report) -> date:
    """The day in the list and the address: of publication, or of the move to a new site."""
    moved = defects.MOVED.get(report.body.id)
    return moved if moved and report.year <= defects.MOVED_UP_TO else report.published


def trs(body: Body, id: str, day: date) -> str:
    return _trs(column(body), id, day)


def hanweb(body: Body, id: str, day: date) -> str:
    return f"/art/{day.year}/{day.month}/{day.day}/art_{number(body)}_{_serial(id)}.html"


def attachment(report: Report) -> str:
    if report.body.portal == "hanweb":
        return f"/attach/0/{stored_name(report)}"
    day = listed(report)
    twelve = dice(report.id, "file").randrange(10**11, 10**12)
    letter = {"docx": "W"}.get(report.format, "P")
    return f"{column(report.body)}{day:%Y%m}/{letter}0{day:%Y%m%d}{twelve}.{report.format}"


def stored_name(report: Report) -> str:
    return f"{sha256(report.id.encode()).hexdigest()[:32]}.{report.format}"


def _trs(column: str, id: str, day: date) -> str:
    return f"{column}{day:%Y%m}/t{day:%Y%m%d}_{_serial(id)}.htm"


def _serial(id: str) -> int:
    return dice(id, "serial").randrange(1_000_000, 10_000_000)
