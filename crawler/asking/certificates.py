"""What a server's certificate does not prove."""

from datetime import UTC, datetime

from OpenSSL.crypto import X509
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns


def doubts(certificate: X509, name: str) -> list[str]:
    """Empty where it is in its time, for this host and signed by another. Who signed is not looked at."""
    shown = certificate.to_cryptography()
    now = datetime.now(UTC)
    found = []
    if now > shown.not_valid_after_utc:
        found.append(f"it ended on {shown.not_valid_after_utc:%Y-%m-%d}")
    if now < shown.not_valid_before_utc:
        found.append(f"it begins on {shown.not_valid_before_utc:%Y-%m-%d}")
    if shown.issuer == shown.subject:
        found.append("it is signed by itself")
    if not _for(certificate, name):
        found.append(f"it is not for {name}")
    return found


def _for(certificate: X509, name: str) -> bool:
    """An address in a host's place is another kind of name."""
    try:
        wanted: DNS_ID | IPAddress_ID = IPAddress_ID(name)
    except ValueError:
        wanted = DNS_ID(name)
    try:
        verify_service_identity(extract_patterns(certificate), [wanted], [])
    except (CertificateError, VerificationError):
        return False
    return True
