-- Plans that run by the clock are asked for every minute, and an earlier household is asked which later one continues it.

CREATE INDEX plan_trigger ON plan (trigger_kind, seq);
CREATE INDEX earlier_household_earlier ON earlier_household (earlier, seq);
