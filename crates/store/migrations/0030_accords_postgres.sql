-- What a company agreement gives is an event of its own: the sum an employer pays by it, and whether the agreement counts it
-- under the ceiling.
ALTER TABLE evenements DROP CONSTRAINT evenements_nature_check;
ALTER TABLE evenements ADD CONSTRAINT evenements_nature_check CHECK (
    nature IN ('abondement', 'accord', 'engagement', 'depense', 'conversion', 'retraite', 'deces')
);
-- The agreement, as a person can look it up.
ALTER TABLE evenements ADD COLUMN accord TEXT;
ALTER TABLE evenements ADD COLUMN dans_plafond BIGINT NOT NULL DEFAULT 0 CHECK (dans_plafond IN (0, 1));
ALTER TABLE evenements ADD COLUMN saisonnier BIGINT NOT NULL DEFAULT 0 CHECK (saisonnier IN (0, 1));
ALTER TABLE evenements ADD CONSTRAINT evenements_accord_check CHECK ((nature = 'accord') = (accord IS NOT NULL));
