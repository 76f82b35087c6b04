/**
 * The SQL statements, one interface per table; public only because MyBatis and the adapter share them.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.mapper;

import org.jspecify.annotations.NullMarked;
