-- What a holder says of their own rights: never changed, only added to; erased with the account.

-- Below level 3 (R6323-3-1): « debut » opens a declaration, « fin » or « annulation » closes it.
CREATE TABLE declarations_sous_niveau_3 (
    compte TEXT NOT NULL REFERENCES comptes (id) ON DELETE CASCADE,
    rang BIGINT NOT NULL CHECK (rang >= 1),
    acte TEXT NOT NULL CHECK (acte IN ('debut', 'fin', 'annulation')),
    le TEXT NOT NULL CHECK (length(le) = 10),
    creee_le BIGINT NOT NULL,
    PRIMARY KEY (compte, rang)
);
