"""Rules about substance: targets, figures, structure, copied text, words of other levels."""
