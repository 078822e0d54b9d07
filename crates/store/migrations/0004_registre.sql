-- The ledger of yearly credits: append-only. No foreign key to the person: when a person is erased
-- the lines stay, under an identifier that leads to nobody.
CREATE TABLE ecritures (
    personne TEXT NOT NULL,
    annee BIGINT NOT NULL CHECK (annee BETWEEN 2019 AND 2199),
    rang BIGINT NOT NULL CHECK (rang >= 1),
    -- The day from which it counts.
    date TEXT NOT NULL CHECK (length(date) = 10),
    centimes BIGINT NOT NULL,
    heures BIGINT NOT NULL,
    retenu BIGINT NOT NULL,
    retenu_heures BIGINT NOT NULL,
    -- The entry of the same person and year that this one takes back.
    corrige BIGINT CHECK (corrige < rang),
    -- The rule and the facts, as the statement gives them.
    motif TEXT NOT NULL CHECK (motif <> ''),
    ecrite_le BIGINT NOT NULL,
    PRIMARY KEY (personne, annee, rang),
    FOREIGN KEY (personne, annee, corrige) REFERENCES ecritures (personne, annee, rang)
);
-- An entry is taken back once.
CREATE UNIQUE INDEX ecritures_par_correction ON ecritures (personne, annee, corrige) WHERE corrige IS NOT NULL;
