"""Office Open XML (ECMA-376, ISO/IEC 29500): packages, and one reader of .docx with one cascade.

Opening within bounds (``package``, ``opening``), small questions about elements (``markup``), what
is stated of formatting (``properties``) and what it comes to (``styles``), automatic numbers
(``numbering``), and the file as it reads (``word_file``, made by ``reading``). Nothing here knows
the rules that a document should follow.
"""
