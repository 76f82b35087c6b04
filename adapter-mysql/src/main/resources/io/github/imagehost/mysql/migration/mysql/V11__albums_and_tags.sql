-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.
CREATE TABLE IF NOT EXISTS imagehost_album (
    id          BIGINT         NOT NULL AUTO_INCREMENT,
    owner_id    BIGINT         NOT NULL,
    link_key    VARCHAR(26)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name        VARCHAR(100)   NOT NULL,
    folded_name VARBINARY(400) NOT NULL COMMENT 'the name without regard to case, in UTF-8',
    arrangement VARCHAR(6)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'in which order its images are',
    visibility  VARCHAR(7)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    drawn       TINYINT        NOT NULL COMMENT '1 if images may be drawn from it for anybody',
    cover_id    BIGINT         NULL COMMENT 'an image that is in it',
    expires_at  DATETIME(3)    NULL COMMENT 'from then on the album counts as deleted',
    images      BIGINT         NOT NULL COMMENT 'how many rows of imagehost_album_image it has',
    created_at  DATETIME(3)    NOT NULL,
    updated_at  DATETIME(3)    NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uk_imagehost_album_link_key (link_key),
    UNIQUE KEY uk_imagehost_album_name (owner_id, folded_name),
    KEY ix_imagehost_album_drawn (drawn, id),
    KEY ix_imagehost_album_expires (expires_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What lists of an album are ordered by stands here, too, so that a page of one is read from one index.
CREATE TABLE IF NOT EXISTS imagehost_album_image (
    album_id          BIGINT      NOT NULL,
    image_id          BIGINT      NOT NULL,
    position          BIGINT      NOT NULL COMMENT 'in the order that its owner made',
    image_uploaded_at DATETIME(3) NOT NULL COMMENT 'the image''s, for the index',
    shown             TINYINT     NOT NULL COMMENT '1 if the image is public, and may be seen any number of times',
    PRIMARY KEY (album_id, image_id),
    KEY ix_imagehost_album_image_position (album_id, position, image_id, shown),
    KEY ix_imagehost_album_image_uploaded (album_id, image_uploaded_at, image_id, shown),
    KEY ix_imagehost_album_image_image (image_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Only those that an image has.
CREATE TABLE IF NOT EXISTS imagehost_tag (
    id          BIGINT         NOT NULL AUTO_INCREMENT,
    owner_id    BIGINT         NOT NULL,
    folded_name VARBINARY(400) NOT NULL COMMENT 'in UTF-8',
    images      BIGINT         NOT NULL COMMENT 'how many rows of imagehost_image_tag it has',
    PRIMARY KEY (id),
    UNIQUE KEY uk_imagehost_tag_name (owner_id, folded_name)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS imagehost_image_tag (
    tag_id            BIGINT      NOT NULL,
    image_id          BIGINT      NOT NULL,
    image_uploaded_at DATETIME(3) NOT NULL COMMENT 'the image''s, for the index',
    PRIMARY KEY (tag_id, image_id),
    KEY ix_imagehost_image_tag_uploaded (tag_id, image_uploaded_at, image_id),
    KEY ix_imagehost_image_tag_image (image_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- MySQL adds no index only if it is not there, as MariaDB does.
SET @imagehost_ddl = (
    SELECT IF(COUNT(*) = 0,
              'ALTER TABLE imagehost_image ADD KEY ix_imagehost_image_visibility (owner_id, visibility, uploaded_at, id)',
              'DO 0')
    FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = 'imagehost_image' AND index_name = 'ix_imagehost_image_visibility');
PREPARE imagehost_statement FROM @imagehost_ddl;
EXECUTE imagehost_statement;
DEALLOCATE PREPARE imagehost_statement;
