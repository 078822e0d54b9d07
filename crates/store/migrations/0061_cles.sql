-- Which version of the key writes: it is said once every program had the time to learn it. Beside it stand the witness of each
-- version that a row may need (« cle » for the first, « cle 2 » for the next) and that of the key of hashes.
INSERT INTO temoins (nom, valeur) VALUES ('version en usage', '1');
