/**
 * What keeps the audit log, which fails as every repository does.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port.audit;

import org.jspecify.annotations.NullMarked;
