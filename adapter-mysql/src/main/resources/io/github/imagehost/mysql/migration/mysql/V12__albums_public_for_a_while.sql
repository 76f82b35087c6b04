-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.
-- MySQL adds no column only if it is not there, as MariaDB does. Both add one at the end at once, however large the table is.
SET @imagehost_ddl = (
    SELECT IF(COUNT(*) = 0,
              'ALTER TABLE imagehost_album ADD COLUMN public_until DATETIME(3) NULL COMMENT ''until then the album is public, whatever its visibility, which it has from then on''',
              'DO 0')
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'imagehost_album' AND column_name = 'public_until');
PREPARE imagehost_statement FROM @imagehost_ddl;
EXECUTE imagehost_statement;
DEALLOCATE PREPARE imagehost_statement;
