"""Office Open XML (ECMA-376, ISO/IEC 29500): packages, and one reader of .docx with one cascade.

A package is opened within bounds (``package``), its elements are asked small questions
(``markup``), tracked changes are counted and settled (``revisions``), styles come to formatting
(``styles``), lists to labels (``numbering``), fields to names and gaps (``fields``), blocks to
paragraphs (``paragraphs``), and all of it to the file as it reads (``word_file``, made by
``reading``; ``parts_read`` tells which parts it did not read). Nothing here knows the rules that a
document should follow, nor who asks.
"""
