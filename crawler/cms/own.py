"""The adapter of one odd portal: a small Python file beside the portal's own, with `cms: own`."""

import re
import traceback
from pathlib import Path
from types import ModuleType

from crawler.cms.family import Family

OWN = "own"
NAME = "ADAPTER"

_ASKED = ("recognised", "leads", "listing", "article")
# What may go wrong in a file that somebody wrote, while it says what it has.
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, NameError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, re.error,
)  # fmt: skip


class NoAdapter(Exception):
    """The file of an odd portal gives no adapter: what is wrong, and what to do."""


def own(file: Path) -> Family:
    """What the file calls ADAPTER. It is run: it is a program, and may do what its user may."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoAdapter(f"{file}: is not there, and `cms: own` needs it; write it") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise NoAdapter(f"{file}: cannot be read as UTF-8 ({problem}); mend it") from None
    return _adapter(file, _run(file, text))


def _run(file: Path, text: str) -> ModuleType:
    module = ModuleType(f"own_{file.stem}")
    try:
        exec(compile(text, str(file), "exec"), module.__dict__)  # noqa: S102 - that is what it is for
    except _BROKEN as problem:
        says = " ".join(f"{type(problem).__name__}: {problem}".split())
        raise NoAdapter(f"{file}, line {_line(problem, file)}: {says}; mend it") from None
    return module


def _line(problem: BaseException, file: Path) -> int:
    if isinstance(problem, SyntaxError) and problem.filename == str(file):
        return problem.lineno or 0
    frames = traceback.extract_tb(problem.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == str(file)), 0)


def _adapter(file: Path, module: ModuleType) -> Family:
    adapter = getattr(module, NAME, None)
    if adapter is None or isinstance(adapter, type):
        raise NoAdapter(f"{file}: gives no {NAME}; end it with `{NAME} = YourClass()`")
    if missing := [name for name in _ASKED if not callable(getattr(adapter, name, None))]:
        raise NoAdapter(f"{file}: {NAME} has no {', '.join(missing)}; let its class be a kind of Generic")
    family: Family = adapter
    return family
