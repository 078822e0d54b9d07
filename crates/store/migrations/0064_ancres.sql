-- Each day leaves an anchor: where the chain of the journal was when it ended, in one line of text. Lines and links go by whole
-- days, up to an anchor, which stays.
CREATE TABLE ancres (
    numero BIGINT NOT NULL PRIMARY KEY CHECK (numero > 0),
    jour TEXT NOT NULL UNIQUE,
    -- The last link of that day.
    rang BIGINT NOT NULL,
    texte TEXT NOT NULL
);
