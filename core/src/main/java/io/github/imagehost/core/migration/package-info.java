/**
 * Moves all objects of a host to another store while it works.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.migration;

import org.jspecify.annotations.NullMarked;
