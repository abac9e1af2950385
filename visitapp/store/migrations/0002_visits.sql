-- Visits: the sealed bytes as they came, what was put aside, what was read out of them and what it was judged to mean.

CREATE TABLE submission (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  form_hash TEXT NOT NULL,
  author TEXT NOT NULL,
  device TEXT NOT NULL,
  envelope TEXT NOT NULL,
  body {bytes} NOT NULL,
  sha256 TEXT NOT NULL,
  occurred_on TEXT,
  received_at TEXT NOT NULL
);
CREATE INDEX submission_household ON submission (household, occurred_on, seq);
CREATE INDEX submission_author ON submission (author, seq);
{append_only:submission};

-- One submission may be put aside several times (a repeated id with other bytes), so `submission` is not unique here.
CREATE TABLE quarantine (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  submission TEXT NOT NULL,
  household TEXT,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner TEXT NOT NULL,
  envelope TEXT NOT NULL,
  body {bytes} NOT NULL,
  sha256 TEXT NOT NULL,
  received_at TEXT NOT NULL
);
CREATE UNIQUE INDEX quarantine_submission ON quarantine (submission, sha256);
CREATE INDEX quarantine_owner ON quarantine (owner, seq);
{append_only:quarantine};

CREATE TABLE quarantine_resolved (
  seq {seq},
  quarantine TEXT NOT NULL UNIQUE REFERENCES quarantine (id),
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL
);
{append_only:quarantine_resolved};

-- What the service read out of the bytes with the form they were written on: whether the visit took place, and the measures.
CREATE TABLE visit_reading (
  seq {seq},
  submission TEXT NOT NULL UNIQUE REFERENCES submission (id),
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT,
  child_seen INTEGER,
  occurred_on TEXT NOT NULL,
  measures TEXT NOT NULL
);
CREATE INDEX visit_reading_household ON visit_reading (household, occurred_on, seq);
{append_only:visit_reading};

CREATE TABLE answer_problems (
  seq {seq},
  submission TEXT NOT NULL UNIQUE REFERENCES submission (id),
  problems TEXT NOT NULL
);
{append_only:answer_problems};

CREATE TABLE assessment (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  submission TEXT NOT NULL REFERENCES submission (id),
  kind TEXT NOT NULL,
  as_of_seq INTEGER NOT NULL,
  form_hash TEXT NOT NULL,
  levels TEXT NOT NULL,
  policy TEXT NOT NULL,
  routes TEXT NOT NULL,
  at_least INTEGER NOT NULL,
  could_be INTEGER NOT NULL,
  urgency TEXT NOT NULL,
  destination TEXT NOT NULL,
  reasons TEXT NOT NULL,
  matches_tablet INTEGER
);
CREATE INDEX assessment_submission ON assessment (submission, kind, seq);
{append_only:assessment};

CREATE TABLE finding (
  seq {seq},
  assessment TEXT NOT NULL REFERENCES assessment (id),
  submission TEXT NOT NULL,
  code TEXT NOT NULL,
  area TEXT NOT NULL,
  person TEXT NOT NULL,
  row_id TEXT NOT NULL,
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  level INTEGER NOT NULL,
  said TEXT NOT NULL,
  because TEXT NOT NULL,
  missing TEXT NOT NULL
);
CREATE INDEX finding_assessment ON finding (assessment, seq);
CREATE INDEX finding_submission ON finding (submission, seq);
{append_only:finding};

CREATE TABLE urgent_call (
  seq {seq},
  submission TEXT NOT NULL REFERENCES submission (id),
  call TEXT NOT NULL,
  at_time TEXT NOT NULL,
  who TEXT NOT NULL,
  number TEXT NOT NULL,
  reached INTEGER NOT NULL,
  spoke_to TEXT NOT NULL,
  said TEXT NOT NULL
);
CREATE UNIQUE INDEX urgent_call_submission ON urgent_call (submission, call);
{append_only:urgent_call};

-- Derived.

CREATE TABLE visit (
  submission TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  seq INTEGER NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT,
  child_seen INTEGER,
  author TEXT NOT NULL,
  at_least INTEGER,
  could_be INTEGER,
  urgency TEXT,
  assessment TEXT
);
CREATE INDEX visit_household ON visit (household, occurred_on, seq);

CREATE TABLE visit_measure (
  submission TEXT NOT NULL,
  number INTEGER NOT NULL,
  household TEXT NOT NULL,
  person TEXT NOT NULL,
  measure TEXT NOT NULL,
  value TEXT NOT NULL,
  known TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  PRIMARY KEY (submission, number)
);
CREATE INDEX visit_measure_household ON visit_measure (household, measure, occurred_on);
