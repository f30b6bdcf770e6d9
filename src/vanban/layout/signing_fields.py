"""The empty signature fields of a document: who signs where, and how large the pictures are.

Decree 30/2020/NĐ-CP, Annex I, II.7.d and II.8: the picture of the signature stands in the middle
between title and name; that of the seal, in its real size, covers about a third of it on the left.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from vanban.document import Document, Signature
from vanban.layout.measures import PT_PER_MM, SIGNATURE_LINES
from vanban.layout.pages import Field

SIGNATURE_WIDTH = 50 * PT_PER_MM
"""Of the picture of a signature; the decree is silent. It is as high as the space to sign in."""

COVERED = 1 / 3
"""The part of the signature that the seal covers, on its left."""

SIGNER_FIELD, AGENCY_FIELD = "NguoiKy", "CoQuan"
"""Names of the fields; where two sign, the first is called after a number, from the left."""


NOTE_WIDTH = 46 * PT_PER_MM
"""Room for "20/01/2026; 09:05:00 +07:00" at the end of the note on top of a separate annex."""


class SigningSpace(Struct, frozen=True):
    """Lines that are left free to sign in: who signs there by ``name``, "" for nobody.

    ``agency`` seals there too, "" where it does not; its seal is ``seal`` mm wide. Where the agency
    signs alone, on top of an annex, no seal is shown, but the time at the end of the line.
    """

    number: int = 0
    name: str = ""
    agency: str = ""
    seal: float = 0.0
    lines: int = SIGNATURE_LINES

    def fields(self, left: float, top: float, width: float, height: float) -> Iterator[Field]:
        """Yield the fields in a space of that place and size, pt."""
        wide = min(SIGNATURE_WIDTH, width)
        own = left + (width - wide) / 2
        if self.name:
            label = f"Chữ ký số của người ký: {self.name}"
            yield Field(f"{SIGNER_FIELD}{self.number}", label, own, top, wide, height)
        label = f"Chữ ký số của cơ quan: {self.agency}"
        if self.name and self.agency:
            side = self.seal * PT_PER_MM
            right, middle = own + COVERED * wide, top + height / 2
            yield Field(AGENCY_FIELD, label, right - side, middle - side / 2, side, side)
        elif self.agency:
            yield Field(AGENCY_FIELD, label, left + width - NOTE_WIDTH, top, NOTE_WIDTH, height)


def signing_spaces(document: Document) -> tuple[SigningSpace, ...]:
    """Return the spaces of a document from the left: of a countersigner, if any, and the signer."""
    signers: list[Signature] = [document.signature]
    if document.countersignature.capacity:
        signers.insert(0, document.countersignature)
    if not document.is_signed:
        return (SigningSpace(),) * len(signers)
    return tuple(
        SigningSpace(
            number,
            signer.name,
            document.author if signer is document.signature else "",
            document.seal,
        )
        for number, signer in enumerate(signers, 1)
    )
