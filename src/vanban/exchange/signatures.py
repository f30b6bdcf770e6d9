"""The digital signatures of a PDF: who signed, when, and what became of the file since.

In: the bytes of a file and the roots that are trusted. Out: facts of each signature, in the order
of signing. pyHanko looks at them; nothing is fetched and no file is written.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum, IntEnum, auto
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from vanban.errors import ContentError, MachineError
from vanban.exchange.trust import Trust
from vanban.io.installed import has_signature_library

MAX_PDF = 300_000_000
NEEDS_PDF = "chọn tệp PDF cần xem chữ ký"


class Since(IntEnum):
    """What happened to a file after it was signed, by the levels that pyHanko has."""

    NOTHING = 0
    MAINTAINED = 1
    """Data were added by which the signature can be verified for long."""
    FILLED = 2
    """Others signed, or fields of a form were filled in."""
    ANNOTATED = 3
    CHANGED = 4

    @property
    def is_harmless(self) -> bool:
        return self <= Since.FILLED


class Chain(Enum):
    """What is known of the certificate by which somebody signed."""

    NOT_LOOKED_AT = auto()
    TRUSTED = auto()
    UNKNOWN_ROOT = auto()
    OUT_OF_DATE = auto()
    REVOKED = auto()
    UNUSABLE = auto()


class SignatureFacts(Struct, frozen=True):
    """One signature: its ``field``, the signer as the certificate names him, and what it is worth.

    ``intact`` says that what was signed is as it was; ``since`` what came after. ``claimed`` is the
    time of the signer's own clock, ``stamped`` that of a time-stamp, None where there is none;
    ``stamp_chain`` tells of who stamped. ``revocation_known`` says that a list of revoked
    certificates was looked into. ``is_broken`` says that it could not be looked at.
    """

    field: str
    signer: str = ""
    organisation: str = ""
    intact: bool = False
    since: Since = Since.CHANGED
    claimed: datetime | None = None
    stamped: datetime | None = None
    chain: Chain = Chain.NOT_LOOKED_AT
    stamp_chain: Chain = Chain.NOT_LOOKED_AT
    root: str = ""
    revocation_known: bool = False
    is_broken: bool = False

    @property
    def is_sound(self) -> bool:
        """Say whether nothing speaks against it."""
        chains = (Chain.NOT_LOOKED_AT, Chain.TRUSTED)
        return self.intact and self.since.is_harmless and self.chain in chains


class Signed(Struct, frozen=True):
    """A PDF: its signatures, names of empty fields, filled ones, and what was put on its pages.

    ``added`` counts the annotations that are neither links nor fields, by kind. ``since_built``
    says what happened after its first revision.
    """

    signatures: tuple[SignatureFacts, ...]
    empty: tuple[str, ...]
    filled: tuple[tuple[str, str], ...]
    added: tuple[tuple[str, int], ...]
    since_built: Since


def require_library() -> None:
    """Raise MachineError where the library that looks into signatures is not installed."""
    if not has_signature_library():
        raise MachineError(
            "máy này chưa cài phần xem chữ ký số — hãy chạy: make verify FILE=TỆP.pdf "
            "(lần đầu tự cài), hoặc scripts/setup.sh sign"
        )


def load_library() -> None:
    """Load what :func:`read_signatures` needs, before a process is copied (fork) that reads.

    In the copy an import would wait for ever for one that another thread had begun.
    """
    for name in (
        *("pdf_utils.filters", "pdf_utils.metadata.xmp_xml", "pdf_utils.reader"),
        *("sign.diff_analysis", "sign.fields", "sign.validation"),
    ):
        import_module(f"pyhanko.{name}")


def read_signatures(path: Path, data: bytes, trust: Trust) -> Signed:
    """Return what can be known of the signatures of a PDF; ``path`` is for messages.

    Raises ContentError where ``data`` is no PDF that can be looked into.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    damage = (
        *(PdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
        *(AssertionError, RecursionError, zlib.error),
    )
    _quieten()
    if b"%PDF-" not in data[:1024]:
        raise ContentError.at(path, f"không phải là tệp PDF — {NEEDS_PDF}")
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            message = "tệp có mật khẩu hoặc bị khóa, không xem được chữ ký — lấy bản không khóa"
            raise ContentError.at(path, message)
        found = [_facts(each, trust) for each in reader.embedded_regular_signatures]
        empty, filled = _fields(reader)
        added = Counter(_annotations(reader))
        since = _since_first(reader)
    except damage as error:
        message = "cấu trúc tệp PDF bị hỏng, không xem được chữ ký — lấy lại tệp từ người gửi"
        raise ContentError.at(path, message) from error
    return Signed(tuple(found), empty, filled, tuple(sorted(added.items())), since)


def _quieten() -> None:
    """Keep what the library writes by itself, in English, off the screen."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


# --- one signature ----------------------------------------------------------------------------


def _facts(embedded: Any, trust: Trust) -> SignatureFacts:
    name = str(embedded.field_name)
    try:
        return _looked_at(name, embedded, trust)
    except Exception:  # its bytes are anybody's, and several libraries read them
        return SignatureFacts(name, is_broken=True)


def _looked_at(name: str, embedded: Any, trust: Trust) -> SignatureFacts:
    from pyhanko.sign.validation import validate_pdf_signature

    settings = _any_signing_key()
    nothing = _context(Trust(), None)
    status = validate_pdf_signature(embedded, nothing, nothing, key_usage_settings=settings)
    claimed = embedded.self_reported_timestamp
    stamp = status.timestamp_validity
    moment = claimed if stamp is None else stamp.timestamp
    known = bool(trust.revoked)
    # The lists may be of another authority: then the chain is looked at without them.
    for tried in (trust, Trust(trust.roots)) if trust.roots else ():
        context, known = _context(tried, moment), bool(tried.revoked)
        status = validate_pdf_signature(embedded, context, context, key_usage_settings=settings)
        if status.trusted or status.revocation_details is not None or not known:
            break
    stamp = status.timestamp_validity
    subject = status.signing_cert.subject.native
    path = status.validation_path
    return SignatureFacts(
        name,
        _text(subject.get("common_name")) or status.signing_cert.subject.human_friendly,
        _text(subject.get("organization_name")),
        status.intact and status.valid,
        _since(status, embedded),
        claimed,
        stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None,
        _chain(status, trust),
        _chain(stamp, trust) if stamp is not None else Chain.NOT_LOOKED_AT,
        _root(path) if path is not None else "",
        known,
    )


def _root(path: Any) -> str:
    return _text(path.trust_anchor.authority.name.native.get("common_name"))


def _text(value: object) -> str:
    """Return a part of a name, which may have several values."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _any_signing_key() -> Any:
    """Let a certificate be one for signatures in general, not for contracts alone."""
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    return KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )


def _context(trust: Trust, moment: datetime | None) -> Any:
    """Return by what a chain is judged: these roots, at that moment, without any network."""
    from asn1crypto import crl, x509  # type: ignore[import-untyped]
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=[x509.Certificate.load(data) for data in trust.roots],
        allow_fetching=False,
        crls=[crl.CertificateList.load(data) for data in trust.revoked],
        revocation_mode="require" if trust.revoked else "soft-fail",
        moment=moment,
        retroactive_revinfo=True,
    )


def _chain(status: Any, trust: Trust) -> Chain:
    if not trust.roots:
        return Chain.NOT_LOOKED_AT
    if status.trusted:
        return Chain.TRUSTED
    if status.revocation_details is not None:
        return Chain.REVOKED
    problem = getattr(status.trust_problem_indic, "name", "")
    if problem == "NO_CERTIFICATE_CHAIN_FOUND":
        return Chain.UNKNOWN_ROOT
    if "OUT_OF_BOUNDS" in problem or problem in ("EXPIRED", "NOT_YET_VALID"):
        return Chain.OUT_OF_DATE
    return Chain.REVOKED if problem.startswith("REVOKED") else Chain.UNUSABLE


def _since(status: Any, embedded: Any) -> Since:
    level = status.modification_level
    since = Since.CHANGED if level is None else Since(level.value)
    since = since if status.docmdp_ok else max(since, Since.ANNOTATED)
    if since is Since.CHANGED and _pages_untouched(embedded.reader, embedded.signed_revision):
        return Since.ANNOTATED
    return since


# --- the file ---------------------------------------------------------------------------------


def _since_first(reader: Any) -> Since:
    """Return what happened after the first revision of a file."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification

    result = DEFAULT_DIFF_POLICY.review_file(reader, 0)
    if isinstance(result, SuspiciousModification):
        return Since.ANNOTATED if _pages_untouched(reader, 0) else Since.CHANGED
    return Since(result.modification_level.value)


def _pages_untouched(reader: Any, revision: int) -> bool:
    """Say whether what the pages drew in a revision is as it was, whatever was put over them."""
    from pyhanko.pdf_utils.generic import DictionaryObject, NullObject

    old = reader.get_historical_resolver(revision)
    known = (_raw(reader.trailer, "/Info"), _raw(reader.root, "/AcroForm"))
    for later in range(revision + 1, reader.xrefs.total_revisions):
        for reference in reader.xrefs.explicit_refs_in_revision(later):
            before, after = old(reference), reader.get_object(reference)
            if isinstance(before, NullObject):
                continue  # a new object
            if not isinstance(before, DictionaryObject) or not isinstance(after, DictionaryObject):
                return False
            kind = before.get("/Type")
            drawn = DRAWN.get(str(kind))
            if drawn is not None:
                if any(_raw(before, key) != _raw(after, key) for key in drawn):
                    return False
            elif kind not in ("/Annot", "/Metadata", "/Sig") and reference not in map(_ref, known):
                return False
    return True


DRAWN = {
    "/Page": ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"),
    "/Catalog": ("/Pages", "/OCProperties"),
}
"""What says how pages look, by the kind of object that holds it."""


def _raw(holder: Any, key: str) -> Any:
    return holder.raw_get(key) if key in holder else None


def _ref(value: Any) -> Any:
    return getattr(value, "reference", None)


def _fields(reader: Any) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the names of empty signature fields; names and values of other fields filled in."""
    from pyhanko.pdf_utils.generic import DictionaryObject
    from pyhanko.sign.fields import enumerate_sig_fields

    form = reader.root.get("/AcroForm")
    if not isinstance(form, DictionaryObject):
        return (), ()
    empty = [name for name, value, _ in enumerate_sig_fields(reader) if value is None]
    others = _listed(form, "/Fields", set())
    filled = [
        (str(each.get("/T", "")), str(each["/V"]))
        for each in others
        if each.get("/FT") != "/Sig" and each.get("/V")
    ]
    return tuple(empty), tuple(filled)


def _annotations(reader: Any) -> Iterable[str]:
    """Yield the kinds of what was put on the pages, besides links and fields."""
    seen: set[tuple[str, Any]] = set()
    waiting = [reader.root["/Pages"]]
    while waiting:
        node = waiting.pop()
        waiting += _listed(node, "/Kids", seen)
        for annotation in _listed(node, "/Annots", seen):
            kind = str(annotation.get("/Subtype", ""))
            if kind not in ("/Link", "/Widget", "/Popup"):
                yield kind.removeprefix("/")


def _listed(holder: Any, key: str, seen: set[tuple[str, Any]]) -> Iterator[Any]:
    """Yield the dictionaries of a list in ``holder``, those in ``seen`` under this key no more.

    What is null or leads nowhere is as if it were not there (ISO 32000-1, 7.3.9 and 7.3.10).
    """
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject

    def entered(value: Any) -> Any:
        """Return the object that ``value`` is or refers to, None if it was entered before."""
        at = (key, _ref(value))
        if value is None or at in seen:
            return None
        if at[1] is not None:
            seen.add(at)
        return value.get_object()

    listed = entered(_raw(holder, key))
    for each in listed if isinstance(listed, ArrayObject) else ():
        found = entered(each)
        if isinstance(found, DictionaryObject):
            yield found
