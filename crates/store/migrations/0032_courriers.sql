-- Letters to people: written with what they tell of, sent later by whichever server takes them. What a letter says,
-- and to whom, is encrypted, and erased when it has left.
CREATE TABLE courriers (
    id TEXT NOT NULL PRIMARY KEY,
    occasion TEXT NOT NULL CHECK (occasion <> ''),
    -- Keyed hash of the mailbox: nobody is written to without end.
    destinataire TEXT NOT NULL CHECK (destinataire <> ''),
    lettre TEXT,
    depose_le BIGINT NOT NULL,
    -- Past this, what it says is of no use: it is given up.
    utile_jusqu_a BIGINT NOT NULL,
    essais BIGINT NOT NULL CHECK (essais >= 0),
    -- Before this nobody takes it: the next try, or the end of the one under way.
    pas_avant BIGINT NOT NULL,
    sort TEXT NOT NULL CHECK (sort IN ('attend', 'parti', 'garde', 'abandonne')),
    fini_le BIGINT,
    CHECK ((sort = 'attend') = (fini_le IS NULL)),
    CHECK (sort NOT IN ('attend', 'garde') OR lettre IS NOT NULL)
);
CREATE INDEX courriers_a_envoyer ON courriers (sort, pas_avant);
CREATE INDEX courriers_par_destinataire ON courriers (destinataire, occasion, depose_le);
