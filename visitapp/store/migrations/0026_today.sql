-- Why a family stands on a supervisor's list today, what a person says of a reason, and what tablets hold that is not sent.

-- Derived, one row a reason (store/today.py).
CREATE TABLE today_row (
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  source TEXT NOT NULL,
  grave INTEGER NOT NULL,
  since TEXT NOT NULL,
  from_at TEXT NOT NULL,
  until_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  band TEXT NOT NULL,
  owner TEXT,
  person TEXT,
  about TEXT NOT NULL,
  said TEXT NOT NULL,
  PRIMARY KEY (household, kind, subject)
);

-- Somebody of the team sees to a reason: the newest stands, while the reason does.
CREATE TABLE today_assigned (
  seq {seq},
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX today_assigned_household ON today_assigned (household, seq);
{append_only:today_assigned};

-- A reason waits for somebody or something until an instant, and then comes back by itself.
CREATE TABLE today_waiting (
  seq {seq},
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  waits_for TEXT NOT NULL,
  until_at TEXT NOT NULL
);
CREATE INDEX today_waiting_household ON today_waiting (household, seq);
{append_only:today_waiting};

-- Derived: the newest of both, for reasons that stand.
CREATE TABLE today_mark (
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  assigned_to TEXT,
  assigned_by TEXT,
  assigned_at TEXT,
  assigned_words TEXT NOT NULL,
  waits_for TEXT NOT NULL,
  waits_until TEXT NOT NULL,
  waits_by TEXT,
  PRIMARY KEY (household, kind, subject)
);
CREATE INDEX today_mark_assigned ON today_mark (assigned_to, household);

-- Somebody was phoned about danger that a visit found, whatever became of its referral.
CREATE TABLE danger_call (
  seq {seq},
  household TEXT NOT NULL,
  submission TEXT NOT NULL REFERENCES submission (id),
  whom TEXT NOT NULL,
  number TEXT NOT NULL,
  reached INTEGER NOT NULL,
  spoke_to TEXT NOT NULL,
  at_time TEXT NOT NULL,
  agreed TEXT NOT NULL
);
CREATE INDEX danger_call_submission ON danger_call (submission, seq);
CREATE INDEX danger_call_household ON danger_call (household, at_time, seq);
{append_only:danger_call};

CREATE INDEX visit_tonight ON visit (household, seq) WHERE urgency = 'tonight';

-- Working: what a tablet says that it holds and has not sent, replaced each time that it says so. Ids only.
CREATE TABLE tablet_unsent (
  device TEXT NOT NULL,
  id TEXT NOT NULL,
  account TEXT NOT NULL,
  household TEXT NOT NULL,
  sealed INTEGER NOT NULL,
  since TEXT NOT NULL,
  told_at TEXT NOT NULL,
  PRIMARY KEY (device, id)
);
CREATE INDEX tablet_unsent_household ON tablet_unsent (household, since);

CREATE INDEX handing_over_household ON handing_over (household);
CREATE INDEX returned_open_household ON returned_open (household);
