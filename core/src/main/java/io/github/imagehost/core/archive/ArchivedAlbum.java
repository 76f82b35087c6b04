package io.github.imagehost.core.archive;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumSettings;
import java.util.Optional;

/**
 * What an archive tells of an album. Images have their filenames in it, since their ids may be others when they are
 * restored.
 *
 * @param owner whose it was
 * @param cover the filename of the image that stood for it
 */
record ArchivedAlbum(OwnerId owner, AlbumKey key, AlbumSettings settings, Optional<String> cover) {}
