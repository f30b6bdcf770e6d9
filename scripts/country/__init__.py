"""A believable country of sample wards: names, figures, texts, evidence; mistakes on request."""
