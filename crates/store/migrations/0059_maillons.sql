-- Each line of the journal is sealed as it is written, and chained to the others soon after: a link says which line comes
-- after which, and outlives it. Both are keyed hashes, which nobody makes by SQL.
ALTER TABLE journal ADD COLUMN sceau TEXT;
CREATE TABLE maillons (
    rang BIGINT NOT NULL PRIMARY KEY CHECK (rang > 0),
    ligne TEXT NOT NULL UNIQUE,
    -- When its line was written, and the hash of all that it says.
    quand BIGINT NOT NULL,
    empreinte TEXT NOT NULL,
    -- Whether its line is of before seals.
    repris BIGINT NOT NULL CHECK (repris IN (0, 1)),
    precedent TEXT NOT NULL,
    lien TEXT NOT NULL
);
