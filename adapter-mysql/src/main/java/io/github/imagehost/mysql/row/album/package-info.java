/**
 * What the statements of albums and tags take and give; public only because MyBatis and the adapter share it.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.row.album;

import org.jspecify.annotations.NullMarked;
