-- Since when an account asks for something besides its password, if it does.
ALTER TABLE comptes ADD COLUMN seconde_etape_le BIGINT;

-- What the application of a holder shows is made from this secret, encrypted. The last step of time whose code served: no code
-- serves twice.
CREATE TABLE secondes_etapes (
    compte TEXT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL CHECK (secret <> ''),
    pas BIGINT NOT NULL
);

-- The codes that a holder keeps for the day when they have no application: keyed hashes, each serving once.
CREATE TABLE codes_secours (
    compte TEXT NOT NULL,
    empreinte TEXT NOT NULL CHECK (empreinte <> ''),
    servi_le BIGINT,
    PRIMARY KEY (compte, empreinte)
);
