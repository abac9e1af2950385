-- What belongs to the file of a letter beside its bytes, and the certificates that letters were ever signed with.

-- A certificate with those above it, as PEM, from the first letter it signed: an old letter can be checked when its certificate is long gone.
CREATE TABLE signing_certificate (
  seq {seq},
  fingerprint TEXT NOT NULL UNIQUE,
  pem TEXT NOT NULL
);
{append_only:signing_certificate};

-- letter.bytes is the signed file and letter.sha256 is of it; the unsigned file is its first `unsigned_length` bytes. `code` is printed on the
-- last page. `bundle` is what travels beside it for machines, where the kind of document has one.
CREATE TABLE letter_file (
  seq {seq},
  letter TEXT NOT NULL UNIQUE REFERENCES letter (id),
  code TEXT NOT NULL UNIQUE,
  unsigned_sha256 TEXT NOT NULL,
  unsigned_length INTEGER NOT NULL,
  certificate TEXT NOT NULL REFERENCES signing_certificate (fingerprint),
  bundle {bytes}
);
{append_only:letter_file};

-- Working: who looked up a code when, under the service's secret, so that looking up many is slowed.
CREATE TABLE check_attempt (
  address_hash TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX check_attempt_address ON check_attempt (address_hash, at);
CREATE INDEX check_attempt_at ON check_attempt (at);
