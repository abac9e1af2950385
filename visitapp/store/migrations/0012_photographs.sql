-- Photographs of a place that belong to a visit: each as it came out of its seal, and the pieces of those that are still on their way.

CREATE TABLE photograph (
  seq {seq},
  submission TEXT NOT NULL REFERENCES submission (id),
  id TEXT NOT NULL,
  household TEXT NOT NULL,
  author TEXT NOT NULL,
  device TEXT NOT NULL,
  envelope TEXT NOT NULL,
  bytes {bytes} NOT NULL,
  sha256 TEXT NOT NULL,
  received_at TEXT NOT NULL
);
CREATE UNIQUE INDEX photograph_submission ON photograph (submission, id);
{append_only:photograph};

-- Working: what a tablet announced, in order, and the pieces that have come. They go when the photograph is whole.
CREATE TABLE photograph_piece (
  submission TEXT NOT NULL,
  photograph TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  number INTEGER NOT NULL,
  author TEXT NOT NULL,
  bytes {bytes},
  asked_at TEXT NOT NULL,
  PRIMARY KEY (submission, photograph, sha256)
);
CREATE INDEX photograph_piece_asked ON photograph_piece (asked_at);
