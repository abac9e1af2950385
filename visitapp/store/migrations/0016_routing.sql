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
