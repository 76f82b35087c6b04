-- Every statement may be repeated: a start that is cut off is made good by the next one.
ALTER TABLE imagehost_blob ADD COLUMN IF NOT EXISTS checks BIGINT DEFAULT 0 NOT NULL;
COMMENT ON COLUMN imagehost_blob.checks IS 'grows whenever somebody relies on this blob: being stored, or being used by an image';
