"""Use cases: what a person asks for, strung together from the stages; nothing is printed here.

``load`` reads and checks the content, ``catalogue`` knows the documents, ``composing`` composes
them, ``build`` writes them, ``check`` reviews them, ``coverage`` and ``add_evidence`` look after
the register of evidence, ``dossier`` assembles it, ``doctor`` looks at the machine.
"""
