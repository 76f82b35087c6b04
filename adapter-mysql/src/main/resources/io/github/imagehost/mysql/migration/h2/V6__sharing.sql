-- Every statement may be repeated: a start that is cut off is made good by the next one.
ALTER TABLE imagehost_image ADD COLUMN IF NOT EXISTS visibility VARCHAR(7) DEFAULT 'PUBLIC' NOT NULL;
ALTER TABLE imagehost_image ADD COLUMN IF NOT EXISTS expires_at TIMESTAMP(3) NULL;
ALTER TABLE imagehost_image ADD COLUMN IF NOT EXISTS views_left BIGINT NULL;
ALTER TABLE imagehost_image ADD COLUMN IF NOT EXISTS link_epoch BIGINT DEFAULT 0 NOT NULL;
COMMENT ON COLUMN imagehost_image.expires_at IS 'from then on the image counts as deleted';
COMMENT ON COLUMN imagehost_image.views_left IS 'with the last one, it expires; any number if null';
COMMENT ON COLUMN imagehost_image.link_epoch IS 'links that were signed in another one are good for nothing';
CREATE INDEX IF NOT EXISTS ix_imagehost_image_expires ON imagehost_image (expires_at);

-- Whoever makes links first makes the keys that they are signed with; all services share them.
CREATE TABLE IF NOT EXISTS imagehost_key (
    purpose    VARCHAR(32)  NOT NULL,
    secret     BINARY(32)   NOT NULL,
    created_at TIMESTAMP(3) NOT NULL,
    PRIMARY KEY (purpose)
);
