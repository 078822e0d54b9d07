-- The text by which an entry was made, « Code du travail, R6323-1, I »: nothing on those that were written before.
ALTER TABLE ecritures ADD COLUMN texte TEXT;
