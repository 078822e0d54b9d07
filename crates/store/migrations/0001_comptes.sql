-- One text for SQLite and PostgreSQL: TEXT and BIGINT only, identifiers made by the application,
-- times in milliseconds since 1970 (UTC), days as YYYY-MM-DD, encrypted bytes in base64.

-- A person whose NIR is known: from the employers' declarations, or from an account opened by
-- somebody they do not know. The NIR alone is not unique over a hundred years.
CREATE TABLE personnes (
    id TEXT NOT NULL PRIMARY KEY,
    nir_empreinte TEXT NOT NULL,
    annee_naissance BIGINT NOT NULL CHECK (annee_naissance BETWEEN 1850 AND 2199),
    nir_chiffre TEXT NOT NULL,
    nom_naissance TEXT NOT NULL CHECK (nom_naissance <> ''),
    prenoms TEXT NOT NULL CHECK (prenoms <> ''),
    date_naissance TEXT NOT NULL CHECK (length(date_naissance) = 10),
    connue BIGINT NOT NULL CHECK (connue IN (0, 1)),
    -- Counts the changes of what rights are computed from.
    version BIGINT NOT NULL CHECK (version >= 0),
    creee_le BIGINT NOT NULL,
    UNIQUE (nir_empreinte, annee_naissance)
);

CREATE TABLE heures_anterieures (
    personne TEXT NOT NULL PRIMARY KEY REFERENCES personnes (id) ON DELETE CASCADE,
    heures BIGINT NOT NULL CHECK (heures BETWEEN 0 AND 999999),
    provenance TEXT NOT NULL CHECK (provenance IN ('employeurs', 'ancien_compte', 'titulaire'))
);

-- Durations in hundredths of an hour.
CREATE TABLE activites (
    personne TEXT NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    annee BIGINT NOT NULL CHECK (annee BETWEEN 1900 AND 2199),
    travail BIGINT NOT NULL CHECK (travail BETWEEN 0 AND 99999999),
    reference BIGINT CHECK (reference BETWEEN 0 AND 99999999),
    provenance TEXT NOT NULL CHECK (provenance IN ('employeurs', 'ancien_compte', 'titulaire')),
    PRIMARY KEY (personne, annee)
);

CREATE TABLE comptes (
    id TEXT NOT NULL PRIMARY KEY,
    personne TEXT NOT NULL UNIQUE REFERENCES personnes (id),
    nom_naissance TEXT NOT NULL CHECK (nom_naissance <> ''),
    prenoms TEXT NOT NULL CHECK (prenoms <> ''),
    courriel TEXT NOT NULL CHECK (courriel <> ''),
    courriel_cle TEXT NOT NULL UNIQUE,
    telephone_fixe TEXT,
    telephone_mobile TEXT,
    mot_de_passe TEXT NOT NULL CHECK (mot_de_passe <> ''),
    cgu_version TEXT NOT NULL,
    cgu_le BIGINT NOT NULL,
    ouvert_le TEXT NOT NULL CHECK (length(ouvert_le) = 10),
    CHECK (telephone_fixe IS NOT NULL OR telephone_mobile IS NOT NULL)
);

CREATE TABLE sessions (
    empreinte TEXT NOT NULL PRIMARY KEY,
    compte TEXT NOT NULL REFERENCES comptes (id) ON DELETE CASCADE,
    ouverte_le BIGINT NOT NULL,
    vue_le BIGINT NOT NULL,
    expire_le BIGINT NOT NULL,
    appareil TEXT NOT NULL
);
CREATE INDEX sessions_par_compte ON sessions (compte);

-- The result of a submission, under the hash of its key: a repeat is the same submission.
CREATE TABLE cles_idempotence (
    cle TEXT NOT NULL PRIMARY KEY,
    corps TEXT NOT NULL,
    compte TEXT NOT NULL,
    resultat TEXT NOT NULL,
    creee_le BIGINT NOT NULL
);
CREATE INDEX cles_idempotence_par_compte ON cles_idempotence (compte);

CREATE TABLE tentatives (
    cle TEXT NOT NULL PRIMARY KEY,
    debut BIGINT NOT NULL,
    nombre BIGINT NOT NULL CHECK (nombre >= 0)
);

-- Who, when, what; kept one year (Code du travail, R6323-40). Holds no personal data: an account
-- is named by its identifier.
CREATE TABLE journal (
    id TEXT NOT NULL PRIMARY KEY,
    quand BIGINT NOT NULL,
    qui TEXT NOT NULL,
    quoi TEXT NOT NULL CHECK (quoi <> '')
);
CREATE INDEX journal_par_date ON journal (quand);

-- Proves that the key of the settings is the one this database was filled with.
CREATE TABLE temoins (
    nom TEXT NOT NULL PRIMARY KEY,
    valeur TEXT NOT NULL
);
