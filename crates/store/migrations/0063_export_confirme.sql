-- Until when everything may leave, once, in the session of somebody who has just shown again what opens the account.
ALTER TABLE sessions ADD COLUMN export_jusqu_au BIGINT;
