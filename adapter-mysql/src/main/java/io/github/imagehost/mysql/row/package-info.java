/**
 * What rows of every kind have in common; public only because MyBatis and the adapter share it.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.row;

import org.jspecify.annotations.NullMarked;
