/**
 * The metadata repository on MySQL, MariaDB or H2, and what else there is in a database.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql;

import org.jspecify.annotations.NullMarked;
