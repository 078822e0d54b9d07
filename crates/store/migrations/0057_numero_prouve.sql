-- When an operator saw a document that proves whose number an account has. A provider proves who somebody is, and no number:
-- identite_prouvee_le alone does not hold against an employer.
ALTER TABLE comptes ADD COLUMN numero_prouve_le BIGINT;
UPDATE comptes SET numero_prouve_le = identite_prouvee_le
WHERE NOT EXISTS (SELECT 1 FROM journal WHERE journal.compte = comptes.id AND journal.quoi = 'identite_reliee');
