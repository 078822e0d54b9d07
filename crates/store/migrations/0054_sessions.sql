-- By what a session is named while its secret changes (nothing: by the hash of the secret it was opened with), and from where it was
-- last used, as the journal writes a place.
ALTER TABLE sessions ADD COLUMN numero TEXT;
ALTER TABLE sessions ADD COLUMN origine TEXT;
-- Keyed hash of what the browsers of an account showed to be known before its password was hashed again, as it is, more strongly.
ALTER TABLE comptes ADD COLUMN connu_avant TEXT;
