"""The form of a Word file and of its pages, against every row of the component table.

``ooxml`` reads the file. Here its components are found (``components``), its pages measured
(``pages``), both judged (``judge_*``) and reported (``report``, ``html``).
"""
