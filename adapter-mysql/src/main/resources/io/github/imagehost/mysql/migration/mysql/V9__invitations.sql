-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.

-- Rows stay when invitations are used up, revoked or over, so that no id is given twice.
CREATE TABLE IF NOT EXISTS imagehost_invitation (
    id          BIGINT      NOT NULL AUTO_INCREMENT,
    secret_hash BINARY(32)  NOT NULL COMMENT 'SHA-256 of what people show for it, which nobody else knows',
    uses        INT         NOT NULL,
    uses_left   INT         NOT NULL,
    max_images  BIGINT      NULL COMMENT 'for each owner that it makes; any number if null',
    max_bytes   BIGINT      NULL COMMENT 'likewise',
    created_at  DATETIME(3) NOT NULL,
    expires_at  DATETIME(3) NOT NULL,
    revoked_at  DATETIME(3) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uk_imagehost_invitation_secret_hash (secret_hash)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
