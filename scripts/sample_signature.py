"""Sign a sample PDF visibly, with a test key that anyone can compute again from one number.

The key protects nothing and is in no store of trusted keys; the certificate says so in its name.
Key, certificate and signature follow from constants and carry no time of signing, so that equal
input gives equal bytes. The signature is detached PKCS #7 over the whole file (ISO 32000-1, 12.8).
"""

from __future__ import annotations

import io
import random
import re
from datetime import UTC, date, datetime
from math import gcd

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

SEED = 302020
NAME = "CHỨNG THƯ SỐ THỬ NGHIỆM – TÀI LIỆU MẪU"
BOX = (300, 90, 540, 158)
"""Where the signature stands on page 1: left, bottom, right, top in points."""
RESERVED = 4096
"""Bytes kept for the signature; it takes about 1,500."""
_UNKNOWN = 9_999_999_999


def sign(data: bytes, day: date, picture: Image.Image) -> bytes:
    """Return ``data`` with a visible signature of ``day`` that looks like ``picture``."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _add_field(pdf, day, picture)
        target = io.BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return _signed(target.getvalue())


def _add_field(pdf: pikepdf.Pdf, day: date, picture: Image.Image) -> None:
    left, bottom, right, top = BOX
    image = pdf.make_stream(
        picture.convert("RGB").tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    look = pdf.make_stream(
        b"q %d 0 0 %d 0 0 cm /Im Do Q" % (right - left, top - bottom),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, right - left, top - bottom]),
        Resources=Dictionary(XObject=Dictionary(Im=image)),
    )
    value = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/adbe.pkcs7.detached"),
        ByteRange=Array([0, _UNKNOWN, _UNKNOWN, _UNKNOWN]),
        Contents=String(b"\x00" * RESERVED),
        M=String(f"D:{day:%Y%m%d}090000+07'00'"),
        Name=String(NAME),
    )
    page = pdf.pages[0]
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("ChuKyMau"),
            Rect=Array(BOX),
            F=132,
            P=page.obj,
            V=pdf.make_indirect(value),
            AP=Dictionary(N=look),
        )
    )
    page.obj["/Annots"] = Array([*page.obj.get("/Annots", []), widget])
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([widget]), SigFlags=3)


def _signed(data: bytes) -> bytes:
    """Fill in the range of bytes and the signature over it."""
    contents = re.search(rb"/Contents <(0{%d})>" % (2 * RESERVED), data)
    numbers = re.search(rb"\[ 0 %d %d %d \]" % (_UNKNOWN, _UNKNOWN, _UNKNOWN), data)
    if contents is None or numbers is None:
        raise ValueError("the file does not show the place of the signature")
    start, end = contents.start(1) - 1, contents.end(1) + 1
    written = b"[ 0 %d %d %d ]" % (start, end, len(data) - end)
    data = data[: numbers.start()] + written.ljust(len(numbers[0])) + data[numbers.end() :]
    key = _key()
    signature = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(data[:start] + data[end:])
        .add_signer(_certificate(key), key, hashes.SHA256())
        .sign(
            serialization.Encoding.DER,
            [
                pkcs7.PKCS7Options.DetachedSignature,
                pkcs7.PKCS7Options.Binary,
                pkcs7.PKCS7Options.NoAttributes,
            ],
        )
    )
    filled = signature.hex().encode().ljust(2 * RESERVED, b"0")
    return data[: start + 1] + filled + data[end - 1 :]


def _key() -> rsa.RSAPrivateKey:
    chance = random.Random(SEED)
    exponent = 65537
    p, q = (_prime(chance, exponent) for _ in range(2))
    secret = pow(exponent, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p,
        q,
        secret,
        rsa.rsa_crt_dmp1(secret, p),
        rsa.rsa_crt_dmq1(secret, q),
        rsa.rsa_crt_iqmp(p, q),
        rsa.RSAPublicNumbers(exponent, p * q),
    ).private_key()


def _prime(chance: random.Random, exponent: int) -> int:
    while True:
        candidate = chance.getrandbits(1024) | (3 << 1022) | 1
        if gcd(candidate - 1, exponent) == 1 and _is_prime(candidate, chance):
            return candidate


def _is_prime(number: int, chance: random.Random) -> bool:
    """Test by Miller and Rabin."""
    if any(number % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
        return False
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(16):
        power = pow(chance.randrange(2, number - 1), odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


def _certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(SEED)
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2035, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
