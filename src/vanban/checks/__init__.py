"""What a strict reviewer finds in content, text and form before the document is signed."""
