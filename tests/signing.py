"""A certificate authority of our own, and signatures into the fields of a PDF; only for tests."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

LEADER, AGENCY, CLOCK = "Trần Thị Tình", "Ủy ban nhân dân phường Trần Liễu", "Đồng hồ thử"
WHEN = datetime(2025, 8, 1, 9, 5, tzinfo=UTC)
_BEGIN, _END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2044, 1, 1, tzinfo=UTC)


def _name(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cơ quan thử"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


@cache
def _key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def certificate(name: str, root: str = "Gốc thử", end: datetime = _END) -> x509.Certificate:
    """Return the certificate of ``name``, issued by ``root``, whose own is by itself."""
    is_root = name == root
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(root))
        .public_key(_key(name).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGIN)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root,
                content_commitment=not is_root,
                key_cert_sign=is_root,
                crl_sign=is_root,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if name == CLOCK:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(_key(root), hashes.SHA256())


def write_root(path: Path, root: str = "Gốc thử") -> Path:
    path.write_bytes(certificate(root, root).public_bytes(serialization.Encoding.PEM))
    return path


def write_revoked(path: Path, *names: str, root: str = "Gốc thử") -> Path:
    """Write the list of what ``root`` has revoked: the certificates of ``names``."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(_name(root))
        .last_update(_BEGIN)
        .next_update(_END)
    )
    for name in names:
        revoked = x509.RevokedCertificateBuilder().revocation_date(_BEGIN)
        number = certificate(name, root, _END).serial_number
        builder = builder.add_revoked_certificate(revoked.serial_number(number).build())
    made = builder.sign(_key(root), hashes.SHA256())
    path.write_bytes(made.public_bytes(serialization.Encoding.DER))
    return path


def _asn1(name: str, root: str, end: datetime) -> asn1_x509.Certificate:
    data = certificate(name, root, end).public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(data)


def _private(name: str) -> asn1_keys.PrivateKeyInfo:
    data = _key(name).private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return asn1_keys.PrivateKeyInfo.load(data)


@cache
def picture() -> Image.Image:
    """Return a blue stroke on nothing, as the picture of a signature is (Annex I, II.7.d)."""
    image = Image.new("RGBA", (250, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 100), (90, 20), (160, 90), (240, 30)], (0, 0, 200, 255), 6)
    return image


def signed(
    pdf: bytes,
    field: str = "NguoiKy1",
    name: str = LEADER,
    root: str = "Gốc thử",
    end: datetime = _END,
    clock: bool = False,
) -> bytes:
    """Return ``pdf`` signed by ``name`` into an empty field, with a picture; the rest as it was.

    With ``clock`` a time-stamp tells when, at :data:`WHEN`.
    """
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(_asn1(root, root, _END))
    signer = signers.SimpleSigner(
        signing_cert=_asn1(name, root, end),
        signing_key=_private(name),
        cert_registry=store,
    )
    stamper = None
    if clock:
        stamper = DummyTimeStamper(_asn1(CLOCK, root, _END), _private(CLOCK), fixed_dt=WHEN)
    target = io.BytesIO()
    signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256"),
        signer=signer,
        timestamper=stamper,
        stamp_style=StaticStampStyle(
            border_width=0, background=PdfImage(picture()), background_opacity=1
        ),
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True, output=target)
    return target.getvalue()
