-- Requests that somebody proves by a code, a link or a printed code, and that do nothing before: an account, the way back
-- into one. What was typed is encrypted. What each is for is a word of the program: others will come.
CREATE TABLE demandes (
    id TEXT NOT NULL PRIMARY KEY,
    usage TEXT NOT NULL CHECK (usage <> ''),
    -- Where it was asked from, as the journal marks a place.
    origine TEXT,
    -- Keyed hashes of the submission: sent again, it is the same request.
    cle TEXT UNIQUE,
    corps TEXT,
    -- Hash of the secret that the browser which asked holds.
    poignee TEXT UNIQUE,
    -- Hash of what the link carries, or of the printed code.
    lien TEXT UNIQUE,
    -- Keyed hash of the code that was sent; none while none was, or when nobody was sent one.
    code TEXT,
    essais BIGINT NOT NULL CHECK (essais >= 0),
    -- How many codes were asked for.
    envois BIGINT NOT NULL CHECK (envois >= 0),
    code_le BIGINT NOT NULL,
    compte TEXT,
    contenu TEXT NOT NULL,
    etat TEXT NOT NULL CHECK (etat IN ('a_examiner', 'attend', 'sans_suite', 'faite')),
    -- The account that it opened, or gave back.
    resultat TEXT,
    creee_le BIGINT NOT NULL,
    expire_le BIGINT NOT NULL,
    CHECK ((etat = 'faite') = (resultat IS NOT NULL))
);
CREATE INDEX demandes_par_etat ON demandes (etat, code_le);
CREATE INDEX demandes_par_compte ON demandes (compte);
CREATE INDEX demandes_par_expiration ON demandes (expire_le);

-- When somebody last proved that the e-mail of the account is theirs; nobody did, for accounts of before.
ALTER TABLE comptes ADD COLUMN courriel_confirme_le BIGINT;
