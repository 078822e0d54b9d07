-- A frozen account: nobody signs in to it and nothing is written by it, whoever has its password. Who froze it, and why.
ALTER TABLE comptes ADD COLUMN gele_le BIGINT;
ALTER TABLE comptes ADD COLUMN gele_par TEXT;
ALTER TABLE comptes ADD COLUMN gel_raison TEXT;
-- An account whose NIR was given back to somebody else: it stays frozen, under a person that has no NIR.
ALTER TABLE comptes ADD COLUMN mis_a_part_le BIGINT;
