-- The person who has the NIR of an account that an employer's declaration set aside. Nothing where an operator gave the NIR
-- back, and for every other account.
ALTER TABLE comptes ADD COLUMN mis_a_part_pour TEXT;
CREATE INDEX comptes_par_mis_a_part_pour ON comptes (mis_a_part_pour);
