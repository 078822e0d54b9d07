-- What a letter carries so that whoever reads it stops the account at once: the hash of the link, and the address that the
-- letter went to, encrypted. Nothing that ends a way into the account ends these.
CREATE TABLE liens_d_arret (
    lien TEXT NOT NULL PRIMARY KEY,
    compte TEXT NOT NULL,
    adresse TEXT NOT NULL,
    servi_le BIGINT,
    expire_le BIGINT NOT NULL
);
CREATE INDEX liens_d_arret_par_compte ON liens_d_arret (compte);
CREATE INDEX liens_d_arret_par_expiration ON liens_d_arret (expire_le);

-- From where a holder froze their account; nothing when somebody else did. A word of the program.
ALTER TABLE comptes ADD COLUMN gel_origine TEXT;
