-- What a company agreement gives is an event of its own: the sum an employer pays by it, and whether the agreement counts it
-- under the ceiling. SQLite changes no CHECK: the table is made again, and what it held is put back.
CREATE TABLE evenements_avec_accords (
    reference TEXT NOT NULL PRIMARY KEY CHECK (length(reference) BETWEEN 1 AND 80),
    personne TEXT NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    nature TEXT NOT NULL CHECK (
        nature IN ('abondement', 'accord', 'engagement', 'depense', 'conversion', 'retraite', 'deces')
    ),
    le TEXT NOT NULL CHECK (length(le) = 10),
    fin TEXT CHECK (length(fin) = 10),
    centimes BIGINT CHECK (centimes BETWEEN 1 AND 99999999999),
    heures BIGINT CHECK (heures BETWEEN 1 AND 999999),
    annee BIGINT CHECK (annee BETWEEN 1900 AND 2199),
    libelle TEXT,
    action TEXT,
    recu_le BIGINT NOT NULL,
    complement BIGINT NOT NULL DEFAULT 0 CHECK (complement IN (0, 1)),
    -- The agreement, as a person can look it up.
    accord TEXT,
    dans_plafond BIGINT NOT NULL DEFAULT 0 CHECK (dans_plafond IN (0, 1)),
    saisonnier BIGINT NOT NULL DEFAULT 0 CHECK (saisonnier IN (0, 1)),
    CHECK ((nature = 'accord') = (accord IS NOT NULL))
);
INSERT INTO evenements_avec_accords (reference, personne, nature, le, fin, centimes, heures, annee, libelle, action, recu_le, complement)
SELECT reference, personne, nature, le, fin, centimes, heures, annee, libelle, action, recu_le, complement FROM evenements;
DROP TABLE evenements;
ALTER TABLE evenements_avec_accords RENAME TO evenements;
CREATE INDEX evenements_par_personne ON evenements (personne, le, reference);
