-- What checks the signatures of each version of the key: published, and kept when the version is retired. The seal tells those
-- that this program wrote from one that somebody who only has the database put there.
CREATE TABLE cles_de_signature (
    publique TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    sceau TEXT NOT NULL
);
