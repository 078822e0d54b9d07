-- When whoever holds a session showed something besides their password, if they did.
ALTER TABLE sessions ADD COLUMN seconde_etape_le BIGINT;
