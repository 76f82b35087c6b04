/**
 * How a repository fails.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port.repository.failure;

import org.jspecify.annotations.NullMarked;
