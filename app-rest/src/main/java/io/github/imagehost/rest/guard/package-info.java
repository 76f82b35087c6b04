/**
 * Filters that stand before the controllers.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.guard;

import org.jspecify.annotations.NullMarked;
