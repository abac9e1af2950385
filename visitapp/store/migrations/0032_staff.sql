-- What staff are owed and must know: a debrief after a visit that was refused or not safe, a second worker who was asked for, known risks
-- of a home, and the dates of safeguarding supervision. All facts; what stands is worked out from them.

-- One talk about one visit. `how_is` and `how_words` are about the worker and no part of the family's record.
CREATE TABLE debrief (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  submission TEXT NOT NULL,
  worker TEXT NOT NULL,
  on_date TEXT NOT NULL,
  with_whom TEXT NOT NULL,
  how_is TEXT NOT NULL,
  how_words TEXT NOT NULL,
  judged TEXT NOT NULL,
  judged_why TEXT NOT NULL,
  changes TEXT NOT NULL
);
CREATE INDEX debrief_household ON debrief (household, seq);
CREATE INDEX debrief_submission ON debrief (submission, seq);
{append_only:debrief};

-- `asked_from` is door, tablet or desk; `asked_at` is when it was asked by the asker's own clock, which may be before it came here.
CREATE TABLE second_worker (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  asked_by TEXT NOT NULL,
  asked_from TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  for_on TEXT,
  words TEXT NOT NULL
);
CREATE INDEX second_worker_household ON second_worker (household, seq);
{append_only:second_worker};

-- The answer: somebody goes along (an account, or a name), or nobody does and why.
CREATE TABLE second_worker_answer (
  seq {seq},
  second_worker TEXT NOT NULL UNIQUE REFERENCES second_worker (id),
  household TEXT NOT NULL,
  goes INTEGER NOT NULL,
  account TEXT,
  name TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX second_worker_answer_household ON second_worker_answer (household, seq);
{append_only:second_worker_answer};

-- A risk at a home. `submission` is the visit whose answers named it, NULL where a person recorded it by hand; `source` is who says so and
-- `protected` that it would give them away. It stands until the end of `until_on`, unless somebody confirms it.
CREATE TABLE risk (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  submission TEXT,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  known TEXT NOT NULL,
  source TEXT NOT NULL,
  protected INTEGER NOT NULL,
  from_on TEXT NOT NULL,
  until_on TEXT NOT NULL
);
CREATE INDEX risk_household ON risk (household, seq);
CREATE UNIQUE INDEX risk_once ON risk (submission, kind) WHERE submission IS NOT NULL;
{append_only:risk};

-- Confirmed (with a new `until_on`), or ended on a day.
CREATE TABLE risk_word (
  seq {seq},
  risk TEXT NOT NULL REFERENCES risk (id),
  household TEXT NOT NULL,
  word TEXT NOT NULL,
  on_date TEXT NOT NULL,
  words TEXT NOT NULL,
  known TEXT NOT NULL,
  until_on TEXT
);
CREATE INDEX risk_word_risk ON risk_word (risk, seq);
CREATE INDEX risk_word_household ON risk_word (household, seq);
{append_only:risk_word};

-- Derived: the risks that nobody ended, with the day until which each stands.
CREATE TABLE risk_open (
  risk TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  until_on TEXT NOT NULL
);
CREATE INDEX risk_open_until ON risk_open (until_on, risk);
CREATE INDEX risk_open_household ON risk_open (household, until_on);

-- A practitioner's safeguarding supervision: booked for a day, held on it, or missed. Dates, and nothing of what was said.
CREATE TABLE supervision (
  seq {seq},
  account TEXT NOT NULL,
  what TEXT NOT NULL,
  on_date TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX supervision_account ON supervision (account, what, on_date);
{append_only:supervision};
