/**
 * What the statements of the dedup protocol take and give: images, blobs, variants, and how many of each there are;
 * public only because MyBatis and the adapter share it.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.row.image;

import org.jspecify.annotations.NullMarked;
