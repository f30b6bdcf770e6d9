"""Document + styles of the Word frame → bytes of .docx, PDF and .xlsx."""
