"""Held-out scans: reports in other fonts, laid out by an office program, with other figures and other wear.

Nothing of it is used in tuning. Needs LibreOffice and the fonts below (Debian: libreoffice-writer,
fonts-noto-cjk, fonts-wqy-zenhei, fonts-arphic-uming, -ukai, -gbsn00lp, -gkai00mp).
"""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from benchmarks.aging import AGINGS, skewed
from parsers.form import form
from samples.balanced import valid_texts
from samples.publication import reports
from samples.render import office, scan
from samples.report import Printed, Report

Held = tuple[Report, str, bytes]
"""A report, how it was made, and its scan."""
CHUNK = 16
"""Documents that one start of the office program converts."""


class NoOffice(Exception):
    """LibreOffice or a font is missing; the message says which."""


def held_out(count: int, seed: int) -> Iterator[Held]:
    missing = [name for name in ("soffice", "fc-list") if not shutil.which(name)] or _missing_fonts()
    if missing:
        raise NoOffice(f"held-out scans need {', '.join(missing)}; see benchmarks/held.py")
    for first in range(0, count, CHUNK):
        numbers = range(first, min(count, first + CHUNK))
        made = [_report(number, seed) for number in numbers]
        printed = _converted([_written(r, FONTS[n % len(FONTS)]) for n, r in zip(numbers, made, strict=True)])
        for number, report, pdf in zip(numbers, made, printed, strict=True):
            yield _scanned(number, seed, report, pdf)


def _missing_fonts() -> list[str]:
    known = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    return [font for font in FONTS if font not in known]


def _report(number: int, seed: int) -> Report:
    """Short in words, since every page costs seconds; figures that agree with every sum."""
    dice = random.Random(f"held {seed} {number}")  # noqa: S311
    formed = [report for report in reports() if report.form == ("2021", "2019")[number % 2]]
    report = dice.choice(formed)
    texts = valid_texts(form(report.form), dice.randrange(10**9))
    known = [figure.code for figure in report.figures if figure.code in texts]
    figures = tuple(Printed(code, _text(code, texts[code], dice)) for code in known)
    sections = tuple(replace(section, paragraphs=section.paragraphs[:1]) for section in report.sections)
    return replace(report, figures=figures, sections=sections, labels=())


def _text(code: str, text: str, dice: random.Random) -> str:
    """Table two is in no sum: amounts, negative changes, and here and there a mark or a blank."""
    if not code.startswith("disclosure."):
        return text
    if dice.random() < 0.06:
        return dice.choice(("—", "/", ""))
    if code.endswith(".amount"):
        return (
            f"{text}.{dice.randrange(1, 10)}"
            if dice.random() < 0.5
            else f"{text}.{dice.randrange(10**5):05}1"
        )
    return f"-{text}" if code.endswith(".change") and text != "0" and dice.random() < 0.4 else text


def _written(report: Report, font: str) -> bytes:
    document = Document(BytesIO(office.docx(report)))
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(1.8)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _converted(documents: Sequence[bytes]) -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{number}.docx" for number in range(len(documents))]
        for file, content in zip(files, documents, strict=True):
            file.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            name,
            *map(str, files),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        return [file.with_suffix(".pdf").read_bytes() for file in files]


def _scanned(number: int, seed: int, report: Report, pdf: bytes) -> Held:
    dice = random.Random(f"aged {seed} {number}")  # noqa: S311
    dpi = (200, 300)[number // 2 % 2]
    name, aging = AGINGS[number % len(AGINGS)]
    document = pypdfium2.PdfDocument(pdf)
    try:
        printed = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
    aged = [aging(skewed(page, dice), dice, dpi / 72) for page in printed]
    return report, f"{dpi} {name} | {FONTS[number % len(FONTS)]}", scan.pdf(aged, dpi)


FONTS = (
    "Noto Serif CJK SC",
    "WenQuanYi Zen Hei",
    "AR PL UMing CN",
    "Noto Sans CJK SC",
    "AR PL UKai CN",
    "AR PL SungtiL GB",
    "AR PL KaitiM GB",
)
