-- Every statement may be repeated: a start that is cut off is made good by the next one.
-- MySQL adds no column only if it is not there, as MariaDB does.
SET @imagehost_ddl = (
    SELECT IF(COUNT(*) = 0,
              'ALTER TABLE imagehost_token ADD COLUMN origins VARCHAR(4100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT ''of the pages that may use it, with spaces between them; all if null'', ADD COLUMN networks VARCHAR(800) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT ''from which it may be used, with spaces between them; all if null''',
              'DO 0')
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'imagehost_token' AND column_name = 'origins');
PREPARE imagehost_statement FROM @imagehost_ddl;
EXECUTE imagehost_statement;
DEALLOCATE PREPARE imagehost_statement;
