"""Citations of other documents: finding them in text, and rules about them."""
