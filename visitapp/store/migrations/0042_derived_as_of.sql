-- The newest migration when everything derived was last written again: an upgrade that was interrupted between the two is finished.
CREATE TABLE derived_as_of (
  migration INTEGER NOT NULL
);
