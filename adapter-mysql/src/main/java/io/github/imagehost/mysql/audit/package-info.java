/**
 * The audit log in SQL.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.audit;

import org.jspecify.annotations.NullMarked;
