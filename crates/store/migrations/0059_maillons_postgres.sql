-- Triggers have no common text. A link goes as a line does: when the journal has a line that is a year younger.
CREATE TRIGGER maillons_sans_modification BEFORE UPDATE OR TRUNCATE ON maillons
FOR EACH STATEMENT EXECUTE FUNCTION journal_inalterable();
CREATE TRIGGER maillons_sans_effacement BEFORE DELETE ON maillons
FOR EACH ROW EXECUTE FUNCTION journal_garde();
