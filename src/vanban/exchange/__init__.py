"""The office's own formats in and out: forms in Excel, Word files read into content, edits made in
Word brought back, redlines."""
