/**
 * How columns are read and written whose types JDBC does not know; public only because MyBatis and the adapter share
 * it.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.type;

import org.jspecify.annotations.NullMarked;
