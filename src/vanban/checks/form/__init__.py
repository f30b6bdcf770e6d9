"""The form of a Word file and of its pages, against every row of the component table.

Opening the package (``opening``), resolving looks (``looks``), reading paragraphs and sections
(``word_file``), finding components (``components``), measuring pages (``pages``), judging
(``judge_*``), and the report (``report``, ``html``).
"""
