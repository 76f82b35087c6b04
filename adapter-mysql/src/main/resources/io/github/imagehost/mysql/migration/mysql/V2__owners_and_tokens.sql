-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.
CREATE TABLE IF NOT EXISTS imagehost_owner (
    id         BIGINT      NOT NULL AUTO_INCREMENT,
    name       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role       VARCHAR(9)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state      VARCHAR(9)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uk_imagehost_owner_name (name)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The owner of all images that were there before there were owners. It may have got another name meanwhile.
INSERT INTO imagehost_owner (id, name, role, state, created_at)
VALUES (1, 'default', 'ADMIN', 'ACTIVE', UTC_TIMESTAMP(3))
ON DUPLICATE KEY UPDATE role = role;

-- Rows stay when tokens are revoked or end, so that no id is given twice.
CREATE TABLE IF NOT EXISTS imagehost_token (
    id           BIGINT       NOT NULL AUTO_INCREMENT,
    owner_id     BIGINT       NOT NULL,
    name         VARCHAR(100) NOT NULL,
    hint         VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the last characters of the token',
    secret_hash  BINARY(32)   NOT NULL COMMENT 'SHA-256 of the token, which nobody but its bearer knows',
    scopes       VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'with commas between them; or all',
    created_at   DATETIME(3)  NOT NULL,
    expires_at   DATETIME(3)  NULL,
    last_used_at DATETIME(3)  NULL,
    revoked_at   DATETIME(3)  NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uk_imagehost_token_secret_hash (secret_hash),
    KEY ix_imagehost_token_owner (owner_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
