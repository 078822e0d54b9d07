-- Whether a declaration says that it takes the place of an earlier one: of two that bear one order number, it counts.
-- What was kept before this column is known to cancel, or taken as it was: the last to come of its number.
ALTER TABLE declarations_dsn ADD COLUMN remplace BIGINT NOT NULL DEFAULT 0 CHECK (remplace IN (0, 1));
ALTER TABLE divisions_dsn ADD COLUMN remplace BIGINT NOT NULL DEFAULT 0 CHECK (remplace IN (0, 1));
UPDATE declarations_dsn SET remplace = annulee;
