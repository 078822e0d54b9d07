-- What was done about a disputed line: acts that are only added, like those of the holder.
CREATE TABLE suites_contestations (
    contestation TEXT NOT NULL REFERENCES contestations (id) ON DELETE CASCADE,
    rang BIGINT NOT NULL CHECK (rang >= 1),
    acte TEXT NOT NULL CHECK (acte IN ('en_cours', 'reponse')),
    texte TEXT CHECK (texte <> ''),
    le TEXT NOT NULL CHECK (length(le) = 10),
    creee_le BIGINT NOT NULL,
    PRIMARY KEY (contestation, rang),
    CHECK ((acte = 'reponse') = (texte IS NOT NULL))
);

-- No command ever answered before this. What somebody wrote by hand is kept, under the only day there is.
INSERT INTO suites_contestations (contestation, rang, acte, texte, le, creee_le)
SELECT id, 1, 'reponse', reponse, deposee_le, 0 FROM contestations WHERE reponse <> '';
INSERT INTO suites_contestations (contestation, rang, acte, texte, le, creee_le)
SELECT id, 1, 'en_cours', NULL, deposee_le, 0 FROM contestations
WHERE statut = 'en_cours' AND COALESCE(reponse, '') = '';

-- The status follows from the acts.
ALTER TABLE contestations DROP COLUMN statut;
ALTER TABLE contestations DROP COLUMN reponse;
