"""Rules of form of Decree 30/2020/NĐ-CP that more than one stage needs, as data and functions."""
