-- Every statement may be repeated: a start that is cut off is made good by the next one.
-- MySQL adds no column or index only if it is not there, as MariaDB does.
SET @imagehost_ddl = (
    SELECT IF(COUNT(*) = 0,
              'ALTER TABLE imagehost_image
                   ADD COLUMN visibility VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''PUBLIC'',
                   ADD COLUMN expires_at DATETIME(3) NULL COMMENT ''from then on the image counts as deleted'',
                   ADD COLUMN views_left BIGINT NULL COMMENT ''with the last one, it expires; any number if null'',
                   ADD COLUMN link_epoch BIGINT NOT NULL DEFAULT 0 COMMENT ''links that were signed in another one are good for nothing''',
              'DO 0')
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'imagehost_image' AND column_name = 'visibility');
PREPARE imagehost_statement FROM @imagehost_ddl;
EXECUTE imagehost_statement;
DEALLOCATE PREPARE imagehost_statement;

SET @imagehost_ddl = (
    SELECT IF(COUNT(*) = 0,
              'ALTER TABLE imagehost_image ADD KEY ix_imagehost_image_expires (expires_at)',
              'DO 0')
    FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'imagehost_image' AND index_name = 'ix_imagehost_image_expires');
PREPARE imagehost_statement FROM @imagehost_ddl;
EXECUTE imagehost_statement;
DEALLOCATE PREPARE imagehost_statement;

-- Whoever makes links first makes the keys that they are signed with; all services share them.
CREATE TABLE IF NOT EXISTS imagehost_key (
    purpose    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    secret     BINARY(32)  NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (purpose)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
