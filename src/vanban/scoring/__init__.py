"""Points of the self-assessment: rules, facts of the answers, scores and checks.

Workspace in, frozen scores and problems out; points are computed, never typed.
"""
