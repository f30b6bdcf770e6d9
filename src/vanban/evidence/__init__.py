"""Evidence (tài liệu kiểm chứng): facts of its files, the register, coverage, adding to it."""
