"""The desk: a page in the browser over the same files and use cases as the command line."""
