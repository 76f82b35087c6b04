/**
 * The audit log: who did what, and when.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.audit;

import org.jspecify.annotations.NullMarked;
