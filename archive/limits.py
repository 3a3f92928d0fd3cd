"""What one document may cost before it is refused by name, and the rest read on."""

from dataclasses import dataclass

from parsers.reading import Refusal


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory` is what its process holds in RAM; `documents` after so many a process is replaced."""

    bytes: int = 64 << 20
    seconds: float = 120
    scan_seconds: float = 600
    memory: int = 2 << 30
    documents: int = 1000


LIMITS = Limits()


def too_large(sha256: str, limits: Limits = LIMITS) -> Refusal:
    says = f"It is larger than {limits.bytes >> 20} MiB; give only the report."
    return Refusal(sha256, None, "too-large", says)


def over_memory(sha256: str, limits: Limits = LIMITS) -> Refusal:
    says = f"Reading it took over {limits.memory >> 20} MiB of memory; save it anew and give only the report."
    return Refusal(sha256, None, "memory", says)


def over_time(sha256: str) -> Refusal:
    says = "Reading it took longer than is allowed; save it anew and give only the report."
    return Refusal(sha256, None, "timeout", says)


def crashed(sha256: str, how: str) -> Refusal:
    return Refusal(sha256, None, "crashed", f"The process that read it died ({how}); save it anew.")


def deadly(sha256: str, members: int) -> Refusal:
    says = f"{members} of its members ended the process that read them; unpack it and give the other files."
    return Refusal(sha256, None, "crashed", says)


def failed(sha256: str, cause: Exception) -> Refusal:
    says = f"The reader failed with {type(cause).__name__}: {cause}; report this document as a bug."
    return Refusal(sha256, None, "reader-failed", says)
