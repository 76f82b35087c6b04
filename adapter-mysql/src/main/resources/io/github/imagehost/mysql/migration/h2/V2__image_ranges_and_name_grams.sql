-- How many images an owner has, and from when to when they were uploaded, for each 16384 ids: what makes totals and deep pages
-- cheap. Every image counts in the slot that its id says, so that many uploads do not wait for one row.
CREATE TABLE IF NOT EXISTS imagehost_image_range (
    owner_id          BIGINT       NOT NULL,
    id_range          BIGINT       NOT NULL,
    slot              TINYINT      NOT NULL,
    images            INT          NOT NULL,
    added             INT          NOT NULL,
    indexed           INT          NOT NULL,
    first_uploaded_at TIMESTAMP(3) NOT NULL,
    last_uploaded_at  TIMESTAMP(3) NOT NULL,
    PRIMARY KEY (owner_id, id_range, slot)
);
CREATE INDEX IF NOT EXISTS ix_imagehost_image_range_id ON imagehost_image_range (id_range);
COMMENT ON COLUMN imagehost_image_range.id_range IS 'id / 16384';
COMMENT ON COLUMN imagehost_image_range.slot IS 'id modulo 8';
COMMENT ON COLUMN imagehost_image_range.added IS 'images, and those that were deleted since the names were indexed';
COMMENT ON COLUMN imagehost_image_range.indexed IS 'added, when the names were indexed';
COMMENT ON COLUMN imagehost_image_range.first_uploaded_at IS 'no image was uploaded before';
COMMENT ON COLUMN imagehost_image_range.last_uploaded_at IS 'nor after';

-- Other processes may go on uploading meanwhile: whatever they add uncounted is counted again later.
INSERT IGNORE INTO imagehost_image_range
    (owner_id, id_range, slot, images, added, indexed, first_uploaded_at, last_uploaded_at)
SELECT owner_id, id / 16384, MOD(id, 8), COUNT(*), COUNT(*), 0, MIN(uploaded_at), MAX(uploaded_at)
FROM imagehost_image GROUP BY owner_id, id / 16384, MOD(id, 8);

-- Which images of a range have one or two characters, side by side, in their folded names.
CREATE TABLE IF NOT EXISTS imagehost_name_gram (
    owner_id BIGINT          NOT NULL,
    id_range BIGINT          NOT NULL,
    gram     VARBINARY(8)    NOT NULL,
    ids      VARBINARY(2048) NOT NULL,
    PRIMARY KEY (owner_id, id_range, gram)
);
COMMENT ON COLUMN imagehost_name_gram.gram IS 'UTF-8';
COMMENT ON COLUMN imagehost_name_gram.ids IS '2048 bytes: a bit for each id of the range; fewer: 2 bytes for each id that has it';
