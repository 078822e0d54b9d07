-- When the account that its holder asked to close is erased: until then they may keep it.
ALTER TABLE comptes ADD COLUMN fermeture_le BIGINT;
CREATE INDEX comptes_fermeture ON comptes (fermeture_le) WHERE fermeture_le IS NOT NULL;
