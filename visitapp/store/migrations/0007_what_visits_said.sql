-- A family's past is asked for at every judgement and must not cost more in the tenth year than in the first.

-- Derived, one row a reading: what its measures say that history needs. A reading is made once and never changes, so nor does its row.
CREATE TABLE visit_said (
  submission TEXT PRIMARY KEY,
  said TEXT NOT NULL,
  asked TEXT NOT NULL,
  accounts TEXT NOT NULL
);

-- The day since when an answer stands that was only confirmed; null where the visit itself established it.
ALTER TABLE visit_measure ADD COLUMN since TEXT;

CREATE INDEX finding_told ON finding (assessment, code, area, state, level, person, under) WHERE state <> 'absent';
