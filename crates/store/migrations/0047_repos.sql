-- Since when what opens the account is what it is: its e-mail, its telephones, a browser that it had not known.
ALTER TABLE comptes ADD COLUMN sensible_le BIGINT;
