-- Every statement may be repeated: a start that is cut off is made good by the next one.
ALTER TABLE imagehost_image_range ADD COLUMN IF NOT EXISTS bytes BIGINT DEFAULT 0 NOT NULL;
COMMENT ON COLUMN imagehost_image_range.bytes IS 'of these images, as they were uploaded';

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
    checks     BIGINT NOT NULL,
    PRIMARY KEY (owner_id)
);
COMMENT ON COLUMN imagehost_quota.checks IS 'grows with each image of this owner: whoever makes one waits here for the one before';
