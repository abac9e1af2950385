-- The number by which an employer or a register knows a member of staff: the same number on two accounts is one human being.
CREATE TABLE account_number (
  seq {seq},
  account TEXT NOT NULL,
  number TEXT NOT NULL
);
CREATE INDEX account_number_account ON account_number (account, seq);
{append_only:account_number};
ALTER TABLE account_now ADD COLUMN staff_number TEXT;
CREATE INDEX account_now_number ON account_now (staff_number);

-- A visit in which danger was found is said to be entered in error: so only once a second person has agreed.
CREATE TABLE visit_error_asked (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  submission TEXT NOT NULL REFERENCES submission (id),
  belongs_to TEXT,
  why TEXT NOT NULL
);
CREATE INDEX visit_error_asked_submission ON visit_error_asked (submission, seq);
CREATE INDEX visit_error_asked_household ON visit_error_asked (household, seq);
{append_only:visit_error_asked};

CREATE TABLE visit_error_answer (
  seq {seq},
  visit_error_asked TEXT NOT NULL UNIQUE REFERENCES visit_error_asked (id),
  household TEXT NOT NULL,
  agrees INTEGER NOT NULL,
  reason TEXT NOT NULL
);
{append_only:visit_error_answer};
