"""Rules as data: rows of YAML, a few kinds of match, and what makes rules of them."""
