-- Where a referral goes and to whom: each recipient with why it was chosen, what each was sent, and what is not with them yet.

-- `place` is receiver (who must answer: of one number the newest stands) or copy (who is told). `document` and `number` name the letter that
-- is for this recipient: 1 is the referral itself, 2, 3, … are its updates and corrections. `instead_of` is the recipient that this one
-- stands in for, such as a corrected address. `reasons` is a JSON list of sentences.
CREATE TABLE recipient (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  referral TEXT NOT NULL REFERENCES referral (id),
  household TEXT NOT NULL,
  place TEXT NOT NULL,
  document TEXT NOT NULL,
  number INTEGER NOT NULL,
  receiving_team TEXT,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  transport TEXT NOT NULL,
  reasons TEXT NOT NULL,
  instead_of TEXT REFERENCES recipient (id)
);
CREATE INDEX recipient_referral ON recipient (referral, seq);
CREATE INDEX recipient_instead_of ON recipient (instead_of);
{append_only:recipient};

-- One letter for each kind of document and number.
ALTER TABLE letter ADD COLUMN document TEXT NOT NULL DEFAULT 'referral';
ALTER TABLE letter ADD COLUMN number INTEGER NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX letter_of_kind ON letter (referral, document, number);

-- Empty for the letters of before there were recipients.
ALTER TABLE delivery ADD COLUMN recipient TEXT;
CREATE INDEX delivery_recipient ON delivery (recipient, seq);

-- Who at an agency is written to, and who above them: an open case goes to its worker.
ALTER TABLE agency ADD COLUMN worker TEXT NOT NULL DEFAULT '';
ALTER TABLE agency ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE agency ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE agency ADD COLUMN manager TEXT NOT NULL DEFAULT '';
ALTER TABLE agency ADD COLUMN manager_email TEXT NOT NULL DEFAULT '';
ALTER TABLE agency ADD COLUMN manager_phone TEXT NOT NULL DEFAULT '';

-- Those who keep the directory were told that an entry is to be checked: once while it is due (`past` 0) and once when it is past.
CREATE TABLE directory_told (
  seq {seq},
  receiving_team TEXT NOT NULL,
  review_on TEXT NOT NULL,
  past INTEGER NOT NULL
);
CREATE UNIQUE INDEX directory_told_once ON directory_told (receiving_team, review_on, past);
{append_only:directory_told};

-- A call about a referral: whom, on which number, who answered, and what was agreed; `reached` 0: nobody did.
CREATE TABLE referral_call (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  referral TEXT NOT NULL REFERENCES referral (id),
  household TEXT NOT NULL,
  whom TEXT NOT NULL,
  number TEXT NOT NULL,
  reached INTEGER NOT NULL,
  spoke_to TEXT NOT NULL,
  at_time TEXT NOT NULL,
  agreed TEXT NOT NULL
);
CREATE INDEX referral_call_referral ON referral_call (referral, seq);
{append_only:referral_call};

-- What is told after the referral: an update or a correction, numbered from 2, to everybody who had the letter. `submission` is a visit
-- that it tells of; a correction says what was wrong, what is right and who says so.
CREATE TABLE referral_update (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  referral TEXT NOT NULL REFERENCES referral (id),
  household TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  submission TEXT,
  words TEXT NOT NULL,
  was_wrong TEXT NOT NULL,
  is_right TEXT NOT NULL,
  says_who TEXT NOT NULL
);
CREATE UNIQUE INDEX referral_update_number ON referral_update (referral, number);
{append_only:referral_update};

-- Derived: recipients whose letter is not with them yet.
CREATE TABLE handing_over (
  recipient TEXT PRIMARY KEY,
  referral TEXT NOT NULL,
  household TEXT NOT NULL,
  place TEXT NOT NULL,
  document TEXT NOT NULL,
  number INTEGER NOT NULL,
  opened_seq INTEGER NOT NULL
);
CREATE INDEX handing_over_referral ON handing_over (referral);
