-- Answering from the message that a letter came in.

-- A link: only the hash of its token is kept. It belongs to one recipient of one referral, and to the letter whose message carried it.
CREATE TABLE answer_link (
  seq {seq},
  token_hash TEXT NOT NULL UNIQUE,
  referral TEXT NOT NULL REFERENCES referral (id),
  household TEXT NOT NULL,
  recipient TEXT NOT NULL REFERENCES recipient (id),
  letter TEXT NOT NULL REFERENCES letter (id)
);
CREATE INDEX answer_link_recipient ON answer_link (recipient, seq);
{append_only:answer_link};

-- Working: a browser that asked for a code to open a link with. `message` is the e-mail that the code belongs to (the code itself is kept
-- nowhere) until it was used or tried too often; `opened_until` is how long what the link opens stays open in that browser.
CREATE TABLE answer_visit (
  browser_hash TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  asked INTEGER NOT NULL,
  message TEXT,
  tries INTEGER NOT NULL,
  opened_until TEXT,
  PRIMARY KEY (browser_hash, token_hash)
);
CREATE INDEX answer_visit_token ON answer_visit (token_hash, asked_at);
CREATE INDEX answer_visit_asked ON answer_visit (asked_at);
