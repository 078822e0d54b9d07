-- A disability that its holder declares with a proof: nothing of it counts before an operator has seen the proof.
CREATE TABLE declarations_handicap (
    id TEXT NOT NULL PRIMARY KEY,
    compte TEXT NOT NULL REFERENCES comptes (id) ON DELETE CASCADE,
    rang BIGINT NOT NULL CHECK (rang >= 1),
    reference TEXT NOT NULL UNIQUE,
    piece TEXT NOT NULL UNIQUE REFERENCES pieces (id),
    declaree_le TEXT NOT NULL CHECK (length(declaree_le) = 10),
    UNIQUE (compte, rang)
);

-- What the operator decided, once: accepted for a period, or refused with a reason.
CREATE TABLE decisions_handicap (
    declaration TEXT NOT NULL PRIMARY KEY REFERENCES declarations_handicap (id) ON DELETE CASCADE,
    acte TEXT NOT NULL CHECK (acte IN ('acceptation', 'refus')),
    du TEXT CHECK (length(du) = 10),
    au TEXT CHECK (length(au) = 10 AND au >= du),
    raison TEXT CHECK (raison <> ''),
    le TEXT NOT NULL CHECK (length(le) = 10),
    creee_le BIGINT NOT NULL,
    CHECK ((acte = 'acceptation') = (du IS NOT NULL)),
    CHECK ((acte = 'refus') = (raison IS NOT NULL)),
    CHECK (au IS NULL OR du IS NOT NULL)
);
