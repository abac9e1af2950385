-- That the second person read one entry of a copy of the record as it would be given: `of_mark` is what had been decided of it then, so that
-- an entry which is decided anew is read anew.
CREATE TABLE record_checked (
  seq {seq},
  request TEXT NOT NULL REFERENCES record_request (id),
  household TEXT NOT NULL,
  entry INTEGER NOT NULL,
  of_mark INTEGER NOT NULL
);
CREATE INDEX record_checked_request ON record_checked (request, entry, seq);
{append_only:record_checked};
