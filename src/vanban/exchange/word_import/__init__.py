"""A Word or PDF file of an office → content: what each of its words becomes, and what is left.

``source`` reads a file as the paragraphs of Word, ``healed`` joins and parts them as they were
meant, ``numbered_tree`` puts them under their headings; ``plan``, ``paper`` and ``report`` make
content of that. ``ledger`` knows of every word where it went.
"""
