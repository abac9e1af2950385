"""Families that do not exist, for `make run`, for training and for the tests. What they said and what became of it is told in `families/`;
`teller` does it all again through the same steps as everybody uses, on the days on which it happened."""
