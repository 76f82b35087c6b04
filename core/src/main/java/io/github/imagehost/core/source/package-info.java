/**
 * Where many pictures at once come from: what a bulk run asks of a directory, a bucket or a table.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.source;

import org.jspecify.annotations.NullMarked;
