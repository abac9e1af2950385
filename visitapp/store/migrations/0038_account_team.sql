-- The people of a team, wherever they are listed, without everybody else's.
CREATE INDEX account_now_team ON account_now (team, name);
