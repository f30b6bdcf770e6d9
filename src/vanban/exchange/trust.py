"""The root certificates that a user trusts, and lists of revoked ones, from files he names."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from vanban.errors import UsageError
from vanban.io.read import read_file
from vanban.io.reasons import reason_of

CERTIFICATES = (".pem", ".crt", ".cer", ".der")
REVOCATIONS = ".crl"
MAX_CERTIFICATE = 1_000_000


class Trust(Struct, frozen=True):
    """Certificates (DER) that are trusted, and lists of revoked ones."""

    roots: tuple[bytes, ...] = ()
    revoked: tuple[bytes, ...] = ()


def read_trust(path: Path) -> Trust:
    """Return the certificates (.pem, .crt, .cer, .der) and lists (.crl) of a folder or one file.

    Raises UsageError where there is no certificate, or one cannot be read.
    """
    from asn1crypto import pem  # type: ignore[import-untyped]

    wanted = (*CERTIFICATES, REVOCATIONS)
    if path.is_dir():
        files = sorted(each for each in path.iterdir() if each.suffix.lower() in wanted)
    else:
        files = [path]
    roots: list[bytes] = []
    revoked: list[bytes] = []
    for file in files:
        try:
            data = read_file(file, MAX_CERTIFICATE)
        except OSError as error:
            raise UsageError(f"không đọc được {file}: {reason_of(error)}") from error
        is_list = file.suffix.lower() == REVOCATIONS
        try:
            parts = [part for _, _, part in pem.unarmor(data, True)] if pem.detect(data) else [data]
            parts = [_checked(part, is_list) for part in parts]
        except (ValueError, TypeError) as error:
            what = "danh sách thu hồi" if is_list else "chứng thư"
            raise UsageError(f"{file} không phải là {what} — kiểm tra lại tệp") from error
        (revoked if is_list else roots).extend(parts)
    if not roots:
        raise UsageError(
            f"{path} không có chứng thư gốc nào — đặt tệp {', '.join(CERTIFICATES)} vào đó"
        )
    return Trust(tuple(roots), tuple(revoked))


def _checked(data: bytes, is_list: bool) -> bytes:
    """Return ``data``; raises ValueError or TypeError where it is no certificate, or no list."""
    from asn1crypto import crl, x509

    loaded = (crl.CertificateList if is_list else x509.Certificate).load(data, strict=True)
    loaded.native  # noqa: B018 - read to its end
    return data
