"""vanban: administrative documents of a Vietnamese ward, from YAML to .docx and PDF.

Data flows one way, a package a stage::

    workspace → figures, scoring, evidence → compose → document → render, dossier
    (YAML)      (ratios, points, proofs)     (outline)  (blocks)   (.docx, .pdf, .xlsx)

``nd30`` holds the rules of form of Decree 30/2020/NĐ-CP that more than one stage needs.
"""

__version__ = "0.1.0"
