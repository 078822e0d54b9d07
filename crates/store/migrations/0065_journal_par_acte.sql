-- Each holder reads what was done about everybody: a few lines among all those of no account.
CREATE INDEX journal_par_acte ON journal (quoi, quand);
