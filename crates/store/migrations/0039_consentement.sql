-- Which consent was given with a declaration: the day since which its sentence reads as it did. Nothing where none was asked yet.
ALTER TABLE declarations_handicap ADD COLUMN consentement TEXT CHECK (consentement <> '');

-- A declaration that its holder took back, once: from that day nothing of it counts any more, and its proof is erased.
CREATE TABLE retraits_handicap (
    declaration TEXT NOT NULL PRIMARY KEY REFERENCES declarations_handicap (id) ON DELETE CASCADE,
    le TEXT NOT NULL CHECK (length(le) = 10),
    cree_le BIGINT NOT NULL
);
