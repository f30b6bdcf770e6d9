"""Many wards as one: what was gathered of a period, totals, ranks, outliers; pure, nothing is read.

In: :class:`~vanban.city.gathered.Gathered`, and the register of indicators. Out: frozen facts.
"""
