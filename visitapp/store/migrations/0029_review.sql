-- What a second person says of a visit: questions back and their answers, agreement with each finding, sign-off; which visits were sampled
-- and by what chance; supervision decisions; reflections, which are their author's alone; and who is accountable for whom. All facts.

CREATE TABLE review_question (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  submission TEXT NOT NULL REFERENCES submission (id),
  household TEXT NOT NULL,
  to_account TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX review_question_submission ON review_question (submission, seq);
{append_only:review_question};

CREATE TABLE review_answer (
  seq {seq},
  question TEXT NOT NULL UNIQUE REFERENCES review_question (id),
  household TEXT NOT NULL,
  words TEXT NOT NULL
);
{append_only:review_answer};

-- Somebody agrees with a finding or does not, under the version of the form whose rule made it. What its author says is not counted.
CREATE TABLE finding_word (
  seq {seq},
  submission TEXT NOT NULL REFERENCES submission (id),
  household TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  code TEXT NOT NULL,
  row_id TEXT NOT NULL,
  person TEXT NOT NULL,
  agrees INTEGER NOT NULL,
  reason TEXT NOT NULL,
  by_account TEXT NOT NULL,
  by_author INTEGER NOT NULL
);
CREATE INDEX finding_word_submission ON finding_word (submission, code, row_id, by_author, seq);
CREATE INDEX finding_word_rule ON finding_word (form, form_version, code, seq) WHERE by_author = 0;
{append_only:finding_word};

CREATE TABLE review_signed (
  seq {seq},
  submission TEXT NOT NULL REFERENCES submission (id),
  household TEXT NOT NULL,
  capacity TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX review_signed_submission ON review_signed (submission, seq);
{append_only:review_signed};

-- Of the visits that came from one practitioner in a month: how many were there, how many were to be sampled, and the seed they were
-- chosen by, drawn when the month was over.
CREATE TABLE sampling_drawn (
  seq {seq},
  account TEXT NOT NULL,
  month TEXT NOT NULL,
  seed TEXT NOT NULL,
  wanted INTEGER NOT NULL,
  among INTEGER NOT NULL
);
CREATE UNIQUE INDEX sampling_drawn_once ON sampling_drawn (account, month);
CREATE INDEX submission_received ON submission (author, received_at, id);
{append_only:sampling_drawn};

CREATE TABLE visit_sampled (
  seq {seq},
  submission TEXT NOT NULL REFERENCES submission (id),
  household TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE UNIQUE INDEX visit_sampled_once ON visit_sampled (submission, why);
{append_only:visit_sampled};

CREATE TABLE supervision_decision (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  person TEXT,
  what TEXT NOT NULL,
  why TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  review_on TEXT NOT NULL
);
CREATE INDEX supervision_decision_household ON supervision_decision (household, decided_on, seq);
{append_only:supervision_decision};

-- No household: nothing about a family leads here.
CREATE TABLE reflection (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  author TEXT NOT NULL,
  submission TEXT,
  words TEXT NOT NULL
);
CREATE INDEX reflection_author ON reflection (author, seq);
CREATE INDEX reflection_submission ON reflection (submission, author, seq);
{append_only:reflection};

-- The registrant who is accountable for what a student or a nursery nurse records; the newest stands.
CREATE TABLE registrant_named (
  seq {seq},
  account TEXT NOT NULL,
  registrant TEXT NOT NULL
);
CREATE INDEX registrant_named_account ON registrant_named (account, seq);
{append_only:registrant_named};

-- That a finding is disagreed with more often than not was told to whoever answers for the safety of the program: once a rule's version.
CREATE TABLE safety_told (
  seq {seq},
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  code TEXT NOT NULL,
  disagreed INTEGER NOT NULL,
  reviewed INTEGER NOT NULL
);
CREATE UNIQUE INDEX safety_told_once ON safety_told (form, form_version, code);
{append_only:safety_told};

-- Derived: where the review of a visit stands. `state` is what it waits for, empty for nothing; `last_at` the newest word of a second
-- person, for its author.
CREATE TABLE review_now (
  submission TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  author TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  since TEXT NOT NULL,
  to_account TEXT NOT NULL,
  last_at TEXT NOT NULL
);
CREATE INDEX review_now_waits ON review_now (household, since, submission) WHERE state <> '';
CREATE INDEX review_now_author ON review_now (author, last_at, submission);

-- Derived: of the last fifty words of reviewers on a rule's version, how many disagree.
CREATE TABLE finding_agreement (
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  code TEXT NOT NULL,
  reviewed INTEGER NOT NULL,
  disagreed INTEGER NOT NULL,
  PRIMARY KEY (form, form_version, code)
);
