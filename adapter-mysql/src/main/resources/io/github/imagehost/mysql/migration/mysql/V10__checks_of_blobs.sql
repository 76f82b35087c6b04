-- Every statement may be repeated: a start that is cut off is made good by the next one.
-- MySQL adds no column only if it is not there, as MariaDB does. Both add one at the end at once, however large the table is.
SET @imagehost_ddl = (
    SELECT IF(COUNT(*) = 0,
              'ALTER TABLE imagehost_blob ADD COLUMN checks BIGINT NOT NULL DEFAULT 0 COMMENT ''grows whenever somebody relies on this blob: being stored, or being used by an image''',
              'DO 0')
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'imagehost_blob' AND column_name = 'checks');
PREPARE imagehost_statement FROM @imagehost_ddl;
EXECUTE imagehost_statement;
DEALLOCATE PREPARE imagehost_statement;
