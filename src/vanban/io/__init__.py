"""Files at the edge of the program: written all or none, kept from two writers, read with errors.

``reasons`` words what the operating system answered, ``owner`` says whether who left something is
still at work, ``text`` reads what editors save, ``swap`` puts new files and folders in their
places together, ``lock`` lets one command at a time change a folder. ``read`` is for files that
the user names, ``sealed`` for what the program leaves for itself, ``scratch`` for temporary ones,
``sink`` for what a library of another language writes. ``child`` is another process, asked through
a pipe; ``workers`` are several that are kept, ``apart`` one that takes its memory with it.
"""
