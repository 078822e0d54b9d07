-- Passkeys: what an authenticator finds each by, what checks it, what each use changes (the counter), and what its holder calls it.
-- None of it opens anything: the private half never leaves the authenticator.
CREATE TABLE cles_acces (
    id TEXT NOT NULL PRIMARY KEY,
    compte TEXT NOT NULL,
    identifiant TEXT NOT NULL UNIQUE,
    cle TEXT NOT NULL,
    etat TEXT NOT NULL,
    nom TEXT NOT NULL,
    creee_le BIGINT NOT NULL,
    utilisee_le BIGINT
);
CREATE INDEX cles_acces_par_compte ON cles_acces (compte);

-- Challenges that were answered, until they could not serve any more: an answer serves once. Those that nobody answered are nowhere.
CREATE TABLE defis_servis (
    defi TEXT NOT NULL PRIMARY KEY,
    expire_le BIGINT NOT NULL
);
CREATE INDEX defis_servis_par_expiration ON defis_servis (expire_le);
