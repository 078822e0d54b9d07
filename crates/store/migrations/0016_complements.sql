-- Under which title somebody adds money: rights added to the account (L6323-4, III), or, when 1, what completes them for
-- one training (L6323-4, II). What was told before was told as the former.
ALTER TABLE evenements ADD COLUMN complement BIGINT NOT NULL DEFAULT 0 CHECK (complement IN (0, 1));
