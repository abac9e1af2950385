-- What was added to a visit after it was sealed. It is a submission of its own; this says which visit it stands beside. That visit may still
-- be on the way, so its id is no reference.

CREATE TABLE addition (
  seq {seq},
  submission TEXT NOT NULL UNIQUE REFERENCES submission (id),
  household TEXT NOT NULL,
  adds_to TEXT NOT NULL
);
CREATE INDEX addition_adds_to ON addition (adds_to, seq);
{append_only:addition};
