/**
 * Transactions: which failures are tried again, and what is told of those that are not.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.transaction;

import org.jspecify.annotations.NullMarked;
