-- When an operator saw a document that proves whose account it is; who saw it, and what, is in the journal.
ALTER TABLE comptes ADD COLUMN identite_prouvee_le BIGINT;
