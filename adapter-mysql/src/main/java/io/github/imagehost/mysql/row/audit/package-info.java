/**
 * What the statements of the audit log take and give; public only because MyBatis and the adapter share it.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.row.audit;

import org.jspecify.annotations.NullMarked;
