-- Every statement may be repeated: a start that is cut off is made good by the next one. What a server's or a database's defaults
-- would decide otherwise is said for each table: with innodb_default_row_format=compact no index may be longer than 767 bytes.
-- All times are UTC. Digests and folded names are bytes, so that no collation has a say in what is equal or comes first.
CREATE TABLE IF NOT EXISTS imagehost_blob (
    id               BIGINT         NOT NULL AUTO_INCREMENT,
    state            VARCHAR(9)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    digest           BINARY(32)     NOT NULL,
    live_digest      BINARY(32)     NULL COMMENT 'the digest while RESERVED or STORED: at most one live blob has it',
    source_id        BIGINT         NULL COMMENT 'of a variant or a copy: the blob that it goes with',
    size             BIGINT         NOT NULL,
    stored_digest    BINARY(32)     NOT NULL COMMENT 'of the object, which may lack metadata that was uploaded',
    stored_size      BIGINT         NOT NULL,
    mime_type        VARCHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    width            INT            NOT NULL,
    height           INT            NOT NULL,
    object_key       VARCHAR(200)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reserved_at      DATETIME(3)    NOT NULL,
    lease_until      DATETIME(3)    NULL COMMENT 'while RESERVED',
    quarantine_until DATETIME(3)    NOT NULL COMMENT 'until then a late request may still store the object',
    deletion_due_at  DATETIME(3)    NULL COMMENT 'while CONDEMNED',
    missing_since    DATETIME(3)    NULL COMMENT 'while STORED, if the object is not there all the same',
    PRIMARY KEY (id),
    UNIQUE KEY uk_imagehost_blob_live_digest (live_digest),
    UNIQUE KEY uk_imagehost_blob_object_key (object_key),
    KEY ix_imagehost_blob_lease (lease_until),
    KEY ix_imagehost_blob_state (state, id),
    KEY ix_imagehost_blob_source (source_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Live images only: what is deleted leaves the table, and its filename goes to imagehost_retired_filename.
-- Each order of a list has its index. No key may be longer than 3072 bytes, or MySQL sorts instead of using it.
CREATE TABLE IF NOT EXISTS imagehost_image (
    id            BIGINT          NOT NULL AUTO_INCREMENT,
    owner_id      BIGINT          NOT NULL,
    blob_id       BIGINT          NOT NULL,
    filename      VARCHAR(200)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    original_name VARCHAR(255)    NOT NULL,
    folded_name   VARBINARY(1530) NOT NULL COMMENT 'the name without regard to case, in UTF-8: up to 6 bytes for a character',
    file_size     BIGINT          NOT NULL COMMENT 'the blob''s, for the index',
    mime_type     VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the blob''s, for the index',
    uploaded_at   DATETIME(3)     NOT NULL,
    updated_at    DATETIME(3)     NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uk_imagehost_image_filename (filename),
    UNIQUE KEY uk_imagehost_image_blob_owner (blob_id, owner_id),
    KEY ix_imagehost_image_id (owner_id, id),
    KEY ix_imagehost_image_filename (owner_id, filename, id),
    KEY ix_imagehost_image_name (owner_id, folded_name, id),
    KEY ix_imagehost_image_size (owner_id, file_size, id),
    KEY ix_imagehost_image_type (owner_id, mime_type, id),
    KEY ix_imagehost_image_uploaded (owner_id, uploaded_at, id),
    KEY ix_imagehost_image_updated (owner_id, updated_at, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Further names of images, of others that were folded into them when they were adopted.
CREATE TABLE IF NOT EXISTS imagehost_alias (
    filename  VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    former_id BIGINT       NULL COMMENT 'the id that the other image had',
    image_id  BIGINT       NOT NULL,
    blob_id   BIGINT       NOT NULL COMMENT 'what the other image pointed to: the image''s blob or a copy of it',
    PRIMARY KEY (filename),
    UNIQUE KEY uk_imagehost_alias_former_id (former_id),
    KEY ix_imagehost_alias_image (image_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Filenames that no new image may get: a request that is repeated late must not bring back what was deleted meanwhile.
CREATE TABLE IF NOT EXISTS imagehost_retired_filename (
    filename   VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    retired_at DATETIME(3)  NOT NULL,
    PRIMARY KEY (filename),
    KEY ix_imagehost_retired_filename_at (retired_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

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
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which images of a range have one or two characters, side by side, in their folded names.
CREATE TABLE IF NOT EXISTS imagehost_name_gram (
    owner_id BIGINT          NOT NULL,
    id_range BIGINT          NOT NULL,
    gram     VARBINARY(8)    NOT NULL COMMENT 'UTF-8',
    ids      VARBINARY(2048) NOT NULL COMMENT '2048 bytes: a bit for each id of the range; fewer: 2 bytes for each id that has it',
    PRIMARY KEY (owner_id, id_range, gram)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
