-- What is stuck is asked for every minute, so the answer must not grow with the years.

-- Derived: kept visits that have no judgement of today and are not set aside.
CREATE TABLE unassessed (
  submission TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  household TEXT NOT NULL,
  author TEXT NOT NULL,
  received_at TEXT NOT NULL
);
CREATE INDEX unassessed_received ON unassessed (received_at);

INSERT INTO unassessed (submission, seq, household, author, received_at)
  SELECT s.id, s.seq, s.household, s.author, s.received_at FROM submission s
  WHERE NOT EXISTS (SELECT 1 FROM assessment a WHERE a.submission = s.id AND a.kind = 'today')
    AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.submission = s.id AND q.sha256 = s.sha256
      AND NOT EXISTS (SELECT 1 FROM quarantine_resolved d WHERE d.quarantine = q.id AND d.outcome = 'take_in'));

CREATE INDEX assessment_differs ON assessment (seq) WHERE matches_tablet = 0;
