-- Every statement may be repeated: a start that is cut off is made good by the next one.
ALTER TABLE imagehost_token ADD COLUMN IF NOT EXISTS origins VARCHAR(4100) NULL;
ALTER TABLE imagehost_token ADD COLUMN IF NOT EXISTS networks VARCHAR(800) NULL;
COMMENT ON COLUMN imagehost_token.origins IS 'of the pages that may use it, with spaces between them; all if null';
COMMENT ON COLUMN imagehost_token.networks IS 'from which it may be used, with spaces between them; all if null';
