/**
 * Lists and searches, and the index that makes them fast at any size.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.listing;

import org.jspecify.annotations.NullMarked;
