/**
 * What the audit log holds: who did what, and when.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.model.audit;

import org.jspecify.annotations.NullMarked;
