-- The last day somebody signed in to an account: a day, not a time. Nothing where no use is remembered yet.
ALTER TABLE comptes ADD COLUMN utilise_le TEXT CHECK (length(utilise_le) = 10);
-- How many times its holder was told that it closes unless it is used, and the day of the last.
ALTER TABLE comptes ADD COLUMN rappels BIGINT NOT NULL DEFAULT 0 CHECK (rappels BETWEEN 0 AND 2);
ALTER TABLE comptes ADD COLUMN rappel_le TEXT CHECK (length(rappel_le) = 10);
CREATE INDEX comptes_par_usage ON comptes (utilise_le);
