-- The request whose code or link opened a session, until that session is first shown: then its answer arrived, and what opened it
-- serves no more.
ALTER TABLE sessions ADD COLUMN demande TEXT;
