"""Document + frame → pages: the look, the faces, and every line broken once, by Word's rules."""
