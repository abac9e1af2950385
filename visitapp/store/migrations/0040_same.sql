-- Two entries that are one person: what was recorded under one is read as the other's, until somebody says that this was an error. `joined`:
-- said with the joining of two records, and ended with it. `moved`: JSON, what was changed with it, so that it can be put back.
CREATE TABLE person_same (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  stands TEXT NOT NULL REFERENCES person (id),
  why TEXT NOT NULL,
  joined TEXT,
  moved TEXT NOT NULL
);
CREATE INDEX person_same_person ON person_same (person, seq);
CREATE INDEX person_same_stands ON person_same (stands, seq);
CREATE INDEX person_same_household ON person_same (household, seq);
CREATE INDEX person_same_joined ON person_same (joined);
{append_only:person_same};

CREATE TABLE person_same_error (
  seq {seq},
  same TEXT NOT NULL UNIQUE REFERENCES person_same (id),
  household TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX person_same_error_household ON person_same_error (household, seq);
{append_only:person_same_error};

-- Derived: who stands for an entry now, at the end of a chain of them. Nobody who stands for themselves is here.
CREATE TABLE stands_for (
  person TEXT PRIMARY KEY,
  stands TEXT NOT NULL
);
CREATE INDEX stands_for_stands ON stands_for (stands);
