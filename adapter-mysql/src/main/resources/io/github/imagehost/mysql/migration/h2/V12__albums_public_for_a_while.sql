-- Every statement may be repeated: a start that is cut off is made good by the next one. All times are UTC.
ALTER TABLE imagehost_album ADD COLUMN IF NOT EXISTS public_until TIMESTAMP(3) NULL;
COMMENT ON COLUMN imagehost_album.public_until IS 'until then the album is public, whatever its visibility, which it has from then on';
