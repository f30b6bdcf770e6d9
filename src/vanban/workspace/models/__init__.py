"""The dictionary between the officials' YAML and the code.

One line a field: English attribute, Vietnamese key, label and description. Validation, error
messages, the JSON Schemas and the glossary all come from these lines.
"""
