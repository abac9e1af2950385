"""Families' stories, told day by day through the steps that everybody uses: the demonstration's, written in Python, and those that a
safeguarding lead writes as YAML (docs/stories.md). `model` is what both come down to, `teller` does it all again, and `report` says what
was found and whether a story's own expectations hold."""
