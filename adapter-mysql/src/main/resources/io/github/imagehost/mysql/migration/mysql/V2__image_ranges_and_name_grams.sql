-- How many images an owner has, and from when to when they were uploaded, for each 16384 ids: what makes totals and deep pages
-- cheap. Every image counts in the slot that its id says, so that many uploads do not wait for one row.
CREATE TABLE IF NOT EXISTS imagehost_image_range (
    owner_id          BIGINT      NOT NULL,
    id_range          BIGINT      NOT NULL COMMENT 'id DIV 16384',
    slot              TINYINT     NOT NULL COMMENT 'id MOD 8',
    images            INT         NOT NULL,
    added             INT         NOT NULL COMMENT 'images, and those that were deleted since the names were indexed',
    indexed           INT         NOT NULL COMMENT 'added, when the names were indexed',
    first_uploaded_at DATETIME(3) NOT NULL COMMENT 'no image was uploaded before',
    last_uploaded_at  DATETIME(3) NOT NULL COMMENT 'nor after',
    PRIMARY KEY (owner_id, id_range, slot),
    KEY ix_imagehost_image_range_id (id_range)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Servers of the version before go on uploading meanwhile: nothing is locked, and whatever they add is counted again later.
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
INSERT IGNORE INTO imagehost_image_range
    (owner_id, id_range, slot, images, added, indexed, first_uploaded_at, last_uploaded_at)
SELECT owner_id, id DIV 16384, id MOD 8, COUNT(*), COUNT(*), 0, MIN(uploaded_at), MAX(uploaded_at)
FROM imagehost_image GROUP BY owner_id, id DIV 16384, id MOD 8;

-- Which images of a range have one or two characters, side by side, in their folded names.
CREATE TABLE IF NOT EXISTS imagehost_name_gram (
    owner_id BIGINT          NOT NULL,
    id_range BIGINT          NOT NULL,
    gram     VARBINARY(8)    NOT NULL COMMENT 'UTF-8',
    ids      VARBINARY(2048) NOT NULL COMMENT '2048 bytes: a bit for each id of the range; fewer: 2 bytes for each id that has it',
    PRIMARY KEY (owner_id, id_range, gram)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
