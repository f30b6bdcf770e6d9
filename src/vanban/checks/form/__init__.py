"""The form of a Word file and of its pages, against every row of ``the-thuc.yaml``.

``ooxml`` reads the file. Here its components are found (``components``), its pages measured
(``pages``); ``measure_*`` measures, ``engine`` compares and words, ``report`` and ``html`` tell it.
"""
