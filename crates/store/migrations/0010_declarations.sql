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

-- A line of the statement that its holder disputes, as it was that day: its mark, its amount in cents, its hours.
CREATE TABLE contestations (
    id TEXT NOT NULL PRIMARY KEY,
    compte TEXT NOT NULL REFERENCES comptes (id) ON DELETE CASCADE,
    rang BIGINT NOT NULL CHECK (rang >= 1),
    reference TEXT NOT NULL UNIQUE,
    ligne TEXT NOT NULL CHECK (length(ligne) BETWEEN 12 AND 15),
    montant BIGINT NOT NULL,
    heures BIGINT NOT NULL,
    destinataire TEXT NOT NULL CHECK (
        destinataire IN ('employeur', 'caisse', 'service', 'titulaire', 'financeur', 'organisme', 'attestant')
    ),
    raison TEXT NOT NULL CHECK (length(raison) BETWEEN 1 AND 2000),
    deposee_le TEXT NOT NULL CHECK (length(deposee_le) = 10),
    statut TEXT NOT NULL CHECK (statut IN ('recue', 'en_cours', 'repondue')),
    reponse TEXT,
    UNIQUE (compte, rang)
);
