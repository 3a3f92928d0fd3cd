"""What a resolution starts from and goes by: evidence, mentions of bodies in it, and candidates."""

from dataclasses import dataclass

from parsers.register.names import squeezed
from parsers.register.offices import Office


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a document. A heading is a title in the text or a body's name there; `column` is the
    body that the portal names; `portal` is a division's code and proved, `address` only supports the rest."""

    title: str | None = None
    heading: str | None = None
    attachment: str | None = None
    column: str | None = None
    portal: str | None = None
    address: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """`place` names the divisions from the province down."""

    body: str
    division: str
    place: str
    office: Office

    @property
    def id(self) -> str:
        return f"{self.division}-{squeezed(self.body)}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A body as one piece of evidence names it. `sure`: it has one candidate and means no namesake of it."""

    source: str
    text: str
    candidates: tuple[Candidate, ...] = ()
    sure: bool = False
    known_from: tuple[str, ...] = ()
    decides: str | None = None
    conflict: str | None = None

    @property
    def unknown(self) -> bool:
        """It names somebody, and the register does not know whom. A column is the less exact witness."""
        return not self.candidates and self.decides is not None and self.source != "column"
