-- A proof: its bytes are encrypted in the object store under the same identifier.
CREATE TABLE pieces (
    id TEXT NOT NULL PRIMARY KEY,
    compte TEXT NOT NULL REFERENCES comptes (id) ON DELETE CASCADE,
    type TEXT NOT NULL CHECK (type IN ('PDF', 'JPEG', 'PNG', 'HEIC')),
    taille BIGINT NOT NULL CHECK (taille BETWEEN 1 AND 10000000),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    creee_le BIGINT NOT NULL
);
CREATE INDEX pieces_par_compte ON pieces (compte);

CREATE TABLE declarations_dif (
    id TEXT NOT NULL PRIMARY KEY,
    compte TEXT NOT NULL REFERENCES comptes (id) ON DELETE CASCADE,
    rang BIGINT NOT NULL CHECK (rang >= 1),
    reference TEXT NOT NULL UNIQUE,
    heures BIGINT NOT NULL CHECK (heures BETWEEN 1 AND 120),
    rapport TEXT NOT NULL CHECK (rapport IN ('remplace', 'ajoute')),
    piece TEXT NOT NULL UNIQUE REFERENCES pieces (id),
    declaree_le TEXT NOT NULL CHECK (length(declaree_le) = 10),
    UNIQUE (compte, rang)
);
