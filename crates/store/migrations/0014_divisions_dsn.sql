-- The greatest order ever heard of each way in which the month of an establishment was divided, kept when the
-- declaration itself counts no more: what comes late must find it, or the same hours would count twice.
CREATE TABLE divisions_dsn (
    siret TEXT NOT NULL CHECK (length(siret) = 14),
    mois TEXT NOT NULL CHECK (length(mois) = 7),
    champ TEXT NOT NULL,
    fractions BIGINT NOT NULL CHECK (fractions BETWEEN 1 AND 9),
    ordre BIGINT NOT NULL CHECK (ordre >= 0),
    PRIMARY KEY (siret, mois, champ, fractions)
);
INSERT INTO divisions_dsn (siret, mois, champ, fractions, ordre)
SELECT siret, mois, champ, fractions, MAX(ordre) FROM declarations_dsn GROUP BY siret, mois, champ, fractions;
