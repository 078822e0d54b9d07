-- Keyed hash of the code that was sent to the address which an account has, where a change asks for it besides that of the new one.
ALTER TABLE demandes ADD COLUMN code_actuel TEXT;
