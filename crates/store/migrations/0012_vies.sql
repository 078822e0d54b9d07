-- What a declaration says of a life besides its hours. What was imported before says nothing of it:
-- importing the same files again fills it in.

-- One bit a month, January the lowest: the months in which an employer declared a disability (BOETH).
ALTER TABLE activites ADD COLUMN boeth BIGINT NOT NULL DEFAULT 0 CHECK (boeth BETWEEN 0 AND 4095);

ALTER TABLE mois_dsn ADD COLUMN boeth BIGINT NOT NULL DEFAULT 0 CHECK (boeth IN (0, 1));
-- The first day of the contract, when it is one of apprenticeship.
ALTER TABLE mois_dsn ADD COLUMN apprenti_depuis TEXT CHECK (length(apprenti_depuis) = 10);

-- The earliest of those days: it opens an account one year sooner.
ALTER TABLE personnes ADD COLUMN apprenti_depuis TEXT CHECK (length(apprenti_depuis) = 10);
