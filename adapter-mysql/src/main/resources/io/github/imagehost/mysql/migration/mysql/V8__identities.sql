-- Every statement may be repeated: a start that is cut off is made good by the next one.

CREATE TABLE IF NOT EXISTS imagehost_identity (
    issuer   VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the identity provider',
    subject  VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what it calls the owner, and never anybody else',
    owner_id BIGINT       NOT NULL,
    PRIMARY KEY (issuer, subject)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
