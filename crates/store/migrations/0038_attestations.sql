-- Whether the hours of a declaration count at once or once its proof was seen: as the setting was on its day, so that a
-- setting that changes rewrites no statement.
ALTER TABLE declarations_dif ADD COLUMN compte_des TEXT NOT NULL DEFAULT 'declaration'
    CHECK (compte_des IN ('declaration', 'verification'));

-- What the operator decided of an attestation, once: accepted, or refused with a reason.
CREATE TABLE decisions_dif (
    declaration TEXT NOT NULL PRIMARY KEY REFERENCES declarations_dif (id) ON DELETE CASCADE,
    acte TEXT NOT NULL CHECK (acte IN ('acceptation', 'refus')),
    raison TEXT CHECK (raison <> ''),
    le TEXT NOT NULL CHECK (length(le) = 10),
    creee_le BIGINT NOT NULL,
    CHECK ((acte = 'refus') = (raison IS NOT NULL))
);

-- When the holder last saw what they were answered: about their lines, their DIF, their disability.
ALTER TABLE comptes ADD COLUMN contestations_vues_le BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comptes ADD COLUMN difs_vus_le BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comptes ADD COLUMN handicaps_vus_le BIGINT NOT NULL DEFAULT 0;
