-- Who stands in for whom, who is on duty at weekends and who holds which post, by date; each climb of something overdue; and professional
-- disagreement over a referral. All facts.

CREATE TABLE on_leave (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  deputy TEXT NOT NULL
);
CREATE INDEX on_leave_to_on ON on_leave (to_on, seq);
CREATE INDEX on_leave_account ON on_leave (account, seq);
{append_only:on_leave};

-- `on_date` is the first day back.
CREATE TABLE leave_ended (
  seq {seq},
  on_leave TEXT NOT NULL UNIQUE REFERENCES on_leave (id),
  on_date TEXT NOT NULL
);
{append_only:leave_ended};

-- Who answers at weekends and on bank holidays; the newest that covers a day stands.
CREATE TABLE weekend_duty (
  seq {seq},
  team TEXT NOT NULL,
  account TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL
);
CREATE INDEX weekend_duty_team ON weekend_duty (team, to_on, seq);
{append_only:weekend_duty};

-- The named nurse and the designated doctor or nurse of a team, who need no account; the newest from a day on stands, and an empty name
-- says that nobody holds the post.
CREATE TABLE post_held (
  seq {seq},
  team TEXT NOT NULL,
  post TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  account TEXT,
  from_on TEXT NOT NULL
);
CREATE INDEX post_held_team ON post_held (team, post, seq);
{append_only:post_held};

-- One row for each person told at a rung, numbered by `place`; a rung with nobody has one row without a name. A duty that is owed anew is
-- due at another time, and has a ladder of its own.
CREATE TABLE climb (
  seq {seq},
  subject TEXT NOT NULL,
  due_at TEXT NOT NULL,
  rung TEXT NOT NULL,
  place INTEGER NOT NULL,
  household TEXT,
  to_account TEXT,
  to_name TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE UNIQUE INDEX climb_once ON climb (subject, due_at, rung, place);
CREATE INDEX climb_household ON climb (household, seq);
CREATE INDEX climb_to_account ON climb (to_account, seq);
{append_only:climb};

-- Derived: visits whose body names photographs that have not come.
CREATE TABLE photograph_awaited (
  submission TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  author TEXT NOT NULL,
  since TEXT NOT NULL,
  missing INTEGER NOT NULL
);
CREATE INDEX photograph_awaited_since ON photograph_awaited (since);
