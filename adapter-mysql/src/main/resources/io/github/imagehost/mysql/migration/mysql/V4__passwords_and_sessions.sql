-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.

-- Owners without a row have no password, and are in epoch 0. A table of its own, since MySQL adds no column
-- to one only if it is not there yet.
CREATE TABLE IF NOT EXISTS imagehost_login (
    owner_id      BIGINT       NOT NULL,
    password_hash VARCHAR(250) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'with the name and the parameters of how it was made',
    epoch         BIGINT       NOT NULL DEFAULT 0 COMMENT 'sessions and links of another one are good for nothing',
    PRIMARY KEY (owner_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS imagehost_session (
    secret_hash BINARY(32)  NOT NULL COMMENT 'SHA-256 of what its browser sends, which nobody else knows',
    owner_id    BIGINT      NOT NULL,
    epoch       BIGINT      NOT NULL COMMENT 'of the owner, in which it began',
    started_by  VARCHAR(9)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_id    BIGINT      NULL COMMENT 'with which it began, and with which it ends',
    created_at  DATETIME(3) NOT NULL,
    seen_at     DATETIME(3) NOT NULL,
    expires_at  DATETIME(3) NOT NULL,
    PRIMARY KEY (secret_hash),
    KEY ix_imagehost_session_owner (owner_id),
    KEY ix_imagehost_session_expires (expires_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS imagehost_login_link (
    secret_hash BINARY(32)  NOT NULL COMMENT 'SHA-256 of what its bearer sends, which nobody else knows',
    owner_id    BIGINT      NOT NULL,
    epoch       BIGINT      NOT NULL COMMENT 'of the owner, in which it was made',
    expires_at  DATETIME(3) NOT NULL,
    PRIMARY KEY (secret_hash),
    KEY ix_imagehost_login_link_expires (expires_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
