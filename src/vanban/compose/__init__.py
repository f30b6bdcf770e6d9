"""Workspace + outline → Document: one module a kind of document."""
