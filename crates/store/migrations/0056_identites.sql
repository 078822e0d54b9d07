-- Browsers that are away at an identity provider, or came back with an identity of which nothing came yet. What they carry is
-- encrypted; each serves once.
CREATE TABLE voyages (
    -- Hash of the secret that the browser holds.
    poignee TEXT NOT NULL PRIMARY KEY,
    contenu TEXT NOT NULL,
    expire_le BIGINT NOT NULL
);
CREATE INDEX voyages_par_expiration ON voyages (expire_le);

-- The identities that open an account, with what the provider said of them, encrypted.
CREATE TABLE identites (
    -- Keyed hash of what the provider knows the person by.
    sujet TEXT NOT NULL PRIMARY KEY,
    compte TEXT NOT NULL,
    emetteur TEXT NOT NULL,
    dit TEXT NOT NULL,
    liee_le BIGINT NOT NULL,
    vue_le BIGINT NOT NULL,
    UNIQUE (compte, emetteur)
);

-- When a provider proved an identity at the level of « FranceConnect+ » in this session, and what ends the session there, encrypted.
ALTER TABLE sessions ADD COLUMN france_connect_plus_le BIGINT;
ALTER TABLE sessions ADD COLUMN jeton_identite TEXT;
