-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.

-- Rows are only added, and removed when they are old enough. Owners and tokens are named by their ids, which never end.
CREATE TABLE IF NOT EXISTS imagehost_audit (
    id          BIGINT        NOT NULL AUTO_INCREMENT,
    happened_at DATETIME(3)   NOT NULL,
    actor       VARCHAR(20)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'how whoever did it came in',
    actor_id    BIGINT        NULL COMMENT 'the owner for whom he acted',
    token_id    BIGINT        NULL COMMENT 'by which he acted',
    client      VARCHAR(45)   CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the address of his machine',
    action      VARCHAR(40)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    outcome     VARCHAR(10)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner_id    BIGINT        NULL COMMENT 'whose things it is about',
    target      VARCHAR(2100) NOT NULL DEFAULT '' COMMENT 'what of these',
    detail      VARCHAR(500)  NOT NULL DEFAULT '',
    PRIMARY KEY (id),
    KEY ix_imagehost_audit_happened (happened_at, id),
    KEY ix_imagehost_audit_owner (owner_id, happened_at, id),
    KEY ix_imagehost_audit_actor (actor_id, happened_at, id),
    KEY ix_imagehost_audit_action (action, happened_at, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
