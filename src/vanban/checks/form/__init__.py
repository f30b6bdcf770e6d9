"""The form of a Word file and of its pages, against every row of ``the-thuc.yaml``.

:mod:`vanban.ooxml` reads the file. Here its components are found (``components``), its pages read
(``printed_pages``); ``measure_*`` measures, ``engine`` compares and words, ``check_form`` reports,
``html`` prints that.
"""
