-- A receiving team may say "not for us": the referral is given back and sent on to another team, so its steps happen once more. A round
-- ends when it is given back. Each step happens once a round, and only news may come again; each kind of letter is written once a round.

ALTER TABLE referral_event ADD COLUMN round INTEGER NOT NULL DEFAULT 1;
DROP INDEX referral_event_once;
CREATE UNIQUE INDEX referral_event_once ON referral_event (referral, round, event) WHERE event <> 'news';

ALTER TABLE recipient ADD COLUMN round INTEGER NOT NULL DEFAULT 1;
ALTER TABLE handing_over ADD COLUMN round INTEGER NOT NULL DEFAULT 1;
CREATE INDEX recipient_receiving_team ON recipient (receiving_team, referral);

ALTER TABLE letter ADD COLUMN round INTEGER NOT NULL DEFAULT 1;
DROP INDEX letter_of_kind;
CREATE UNIQUE INDEX letter_of_kind ON letter (referral, round, document, number);
