-- One family's chronology in one place, derived from the facts that stand in it: when each happened, what kind of entry it is and under which
-- topic a reader finds it. A page of it is read by key, however long the family is known. `visitapp rebuild` fills it on a database of before.

CREATE TABLE chronology_line (
  seq INTEGER PRIMARY KEY,
  household TEXT NOT NULL,
  happened TEXT NOT NULL,
  kind TEXT NOT NULL,
  topic TEXT NOT NULL
);
CREATE INDEX chronology_line_household ON chronology_line (household, happened, seq);
CREATE INDEX chronology_line_topic ON chronology_line (household, topic, happened, seq);

-- What each visit left open: for each measure that applied and is not known of somebody, why not and of how many. A chart says it in words.
CREATE TABLE visit_open (
  submission TEXT PRIMARY KEY,
  open TEXT NOT NULL
);
