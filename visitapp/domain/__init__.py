"""The nouns: frozen dataclasses and enums in the field's own words, knowing nothing of storage, forms or HTTP."""
