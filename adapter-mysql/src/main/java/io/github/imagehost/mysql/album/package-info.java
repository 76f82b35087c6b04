/**
 * Albums and tags. Everybody locks in this order: images by their ids, then albums by theirs, or tags by owner and
 * name. Whoever puts an image into an album or gives it a tag holds the lock of the image, so that it can't be deleted
 * or hidden meanwhile; whoever only takes it out need not. Albums and tags count their images in the same transaction.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.album;

import org.jspecify.annotations.NullMarked;
