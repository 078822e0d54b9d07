-- Every kind of activity that rights know, who said it, and corrections of a year that was credited.

CREATE TABLE activites_suite (
    personne TEXT NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    annee BIGINT NOT NULL CHECK (annee BETWEEN 1900 AND 2199),
    -- Empty for the facts as first known; else the day of the correction that they belong to.
    corrige_le TEXT NOT NULL CHECK (length(corrige_le) IN (0, 10)),
    -- Who feeds it: dsn, reprise, or fichier: and the employer. Each replaces its own records only.
    origine TEXT NOT NULL CHECK (origine <> ''),
    rang BIGINT NOT NULL CHECK (rang >= 1),
    statut TEXT NOT NULL CHECK (statut IN ('salarie', 'esat', 'independant', 'agent_public')),
    cotisation_payee_le TEXT CHECK (length(cotisation_payee_le) = 10),
    sans_niveau_3 BIGINT NOT NULL CHECK (sans_niveau_3 IN (0, 1)),
    non_complet BIGINT NOT NULL CHECK (non_complet IN (0, 1)),
    unite TEXT NOT NULL CHECK (unite IN ('heures', 'jours', 'paie')),
    -- In hundredths of the unit, as everywhere below.
    travail BIGINT NOT NULL CHECK (travail BETWEEN 0 AND 99999999999),
    -- A full year of work; for a pay, the hourly SMIC of that year.
    reference BIGINT CHECK (reference BETWEEN 0 AND 99999999),
    -- « maternite:heures:14000 maladie:jours:200 »: read and written whole, never searched.
    absences TEXT NOT NULL,
    provenance TEXT NOT NULL CHECK (provenance IN ('employeurs', 'ancien_compte', 'titulaire')),
    PRIMARY KEY (personne, annee, corrige_le, origine, rang)
);
INSERT INTO activites_suite
    (personne, annee, corrige_le, origine, rang, statut, sans_niveau_3, non_complet, unite, travail, reference, absences, provenance)
SELECT personne, annee, '', 'reprise', 1, 'salarie', 0, 0, 'heures', travail, reference, '', provenance FROM activites;
DROP TABLE activites;
ALTER TABLE activites_suite RENAME TO activites;

-- A correction may leave nothing: it is known by itself, its records are those of its day in activites.
CREATE TABLE rectifications (
    personne TEXT NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    annee BIGINT NOT NULL,
    le TEXT NOT NULL CHECK (length(le) = 10),
    PRIMARY KEY (personne, annee, le)
);

-- One declaration, stored, replaced and cancelled as a whole.
CREATE TABLE declarations_dsn (
    id TEXT NOT NULL PRIMARY KEY,
    siret TEXT NOT NULL CHECK (length(siret) = 14),
    mois TEXT NOT NULL CHECK (length(mois) = 7),
    champ TEXT NOT NULL,
    fraction BIGINT NOT NULL CHECK (fraction BETWEEN 1 AND 9),
    fractions BIGINT NOT NULL CHECK (fractions BETWEEN 1 AND 9),
    ordre BIGINT NOT NULL CHECK (ordre >= 0),
    annulee BIGINT NOT NULL CHECK (annulee IN (0, 1)),
    -- A keyed hash of what it says; empty when somebody was left out, so that another import looks again.
    empreinte TEXT NOT NULL,
    importee_le BIGINT NOT NULL,
    UNIQUE (siret, mois, champ, fraction)
);

-- What a declaration says of a person and a month, negative when it takes back.
CREATE TABLE mois_dsn (
    declaration TEXT NOT NULL REFERENCES declarations_dsn (id) ON DELETE CASCADE,
    rang BIGINT NOT NULL,
    personne TEXT NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    annee BIGINT NOT NULL CHECK (annee BETWEEN 1900 AND 2199),
    mois BIGINT NOT NULL CHECK (mois BETWEEN 1 AND 12),
    statut TEXT NOT NULL CHECK (statut IN ('salarie', 'esat', 'agent_public')),
    heures BIGINT NOT NULL,
    -- Days worked, and days of a forfait-jours.
    jours BIGINT NOT NULL,
    accord BIGINT,
    absences TEXT NOT NULL,
    PRIMARY KEY (declaration, rang)
);
CREATE INDEX mois_dsn_par_personne ON mois_dsn (personne, annee);

-- Imports and credits wait for one another on this row.
INSERT INTO temoins (nom, valeur) VALUES ('travaux', '');
