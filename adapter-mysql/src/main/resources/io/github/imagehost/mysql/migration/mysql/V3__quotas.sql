-- Every statement may be repeated: a start that is cut off is made good by the next one.
-- MySQL adds no column only if it is not there, as MariaDB does.
SET @imagehost_ddl = (
    SELECT IF(COUNT(*) = 0,
              'ALTER TABLE imagehost_image_range ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0 COMMENT ''of these images, as they were uploaded''',
              'DO 0')
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'imagehost_image_range' AND column_name = 'bytes');
PREPARE imagehost_statement FROM @imagehost_ddl;
EXECUTE imagehost_statement;
DEALLOCATE PREPARE imagehost_statement;

UPDATE imagehost_image_range
SET bytes = (
    SELECT COALESCE(SUM(i.file_size), 0) FROM imagehost_image i
    WHERE i.owner_id = imagehost_image_range.owner_id
      AND i.id BETWEEN imagehost_image_range.id_range * 16384 AND imagehost_image_range.id_range * 16384 + 16383
      AND MOD(i.id, 8) = imagehost_image_range.slot);

-- Owners who have no row here may have as much as they like.
CREATE TABLE IF NOT EXISTS imagehost_quota (
    owner_id   BIGINT NOT NULL,
    max_images BIGINT NULL,
    max_bytes  BIGINT NULL,
    checks     BIGINT NOT NULL COMMENT 'grows with each image of this owner: whoever makes one waits here for the one before',
    PRIMARY KEY (owner_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
