"""Reports as worn scans, in PDF files that hold nothing but pictures of their pages."""

from collections.abc import Sequence
from dataclasses import replace

from samples.publication import reports
from samples.render import portable, scan
from samples.render.scan import Wear
from samples.report import Report

Way = tuple[str, Wear]
"""What is done to a report on its way to a scan, and its name, which begins with the dots an inch."""


def scanned(report: Report, wear: Wear, seed: int) -> bytes:
    """The same report, wear and seed give the same bytes."""
    return scan.pdf(scan.pages(portable.pdf(report), replace(wear, seed=seed)), wear.dpi)


def nth(number: int, ways: Sequence[Way], forms: Sequence[str]) -> tuple[Report, Way]:
    """Scans in an order in which all ways of wear come by turns, and bodies and years far apart."""
    formed = [report for report in reports() if report.form in forms]
    return formed[number * 37 % len(formed)], ways[number % len(ways)]


WEARS: tuple[Way, ...] = (
    ("200 clean", Wear()),
    ("200 rotated, noise, JPEG 60", Wear(angle=-1.3, noise=25, jpeg=60)),
    ("200 fax", Wear(fax=True, angle=0.5)),
    ("200 stamp, noise", Wear(stamp=True, noise=10, angle=0.4)),
    ("200 curved, blurred", Wear(bend=3, blur=0.25, angle=0.7)),
    ("200 sideways, JPEG 40", Wear(quarters=1, angle=-0.6, jpeg=40, noise=8)),
    ("300 rotated, noise", Wear(dpi=300, noise=15, angle=-2)),
    ("300 fax", Wear(dpi=300, fax=True, angle=-0.8)),
    ("150 rotated, noise, JPEG 50", Wear(dpi=150, noise=15, angle=0.8, jpeg=50)),
)
