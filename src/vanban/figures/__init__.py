"""Figures of a reporting period: reading, checking, ratios, targets and comparison.

Workspace in, frozen facts and problems out; everything is exact (int, Decimal, Fraction) until
:mod:`vanban.figures.notation` prints it.
"""
