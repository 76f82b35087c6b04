/**
 * Walks through a store and a repository in the order of the keys.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.walk;

import org.jspecify.annotations.NullMarked;
