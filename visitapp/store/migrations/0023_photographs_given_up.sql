-- The photographs of a visit will not come: its tablet is lost, or broke. Said by a supervisor, with a reason; one that comes after all is
-- kept as any other.
CREATE TABLE photographs_given_up (
  seq {seq},
  submission TEXT NOT NULL UNIQUE REFERENCES submission (id),
  household TEXT NOT NULL,
  reason TEXT NOT NULL
);
{append_only:photographs_given_up};
