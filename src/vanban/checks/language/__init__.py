"""Rules about the language of the text: spelling, fixed phrases, capitals, punctuation."""
