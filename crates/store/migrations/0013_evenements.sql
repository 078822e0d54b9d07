-- What happens to an account besides years of work: what others add, volunteering, spending, conversions,
-- a full-rate pension, death. Whoever tells an event names it, once and for all: the same reference again is
-- the same event. Only its end may be told later.
CREATE TABLE evenements (
    reference TEXT NOT NULL PRIMARY KEY CHECK (length(reference) BETWEEN 1 AND 80),
    personne TEXT NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    nature TEXT NOT NULL CHECK (
        nature IN ('abondement', 'engagement', 'depense', 'conversion', 'retraite', 'deces')
    ),
    le TEXT NOT NULL CHECK (length(le) = 10),
    -- The last day an addition can be spent; for a pension or a death, the day it was found wrong.
    fin TEXT CHECK (length(fin) = 10),
    centimes BIGINT CHECK (centimes BETWEEN 1 AND 99999999999),
    heures BIGINT CHECK (heures BETWEEN 1 AND 999999),
    annee BIGINT CHECK (annee BETWEEN 1900 AND 2199),
    -- Who adds, which volunteering, what for, or which way.
    libelle TEXT,
    action TEXT,
    recu_le BIGINT NOT NULL
);
CREATE INDEX evenements_par_personne ON evenements (personne, le, reference);
