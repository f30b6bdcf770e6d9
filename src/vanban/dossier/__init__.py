"""The dossier of evidence: one PDF to read and print, and a folder of the untouched originals."""
