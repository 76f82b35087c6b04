/**
 * Writes what a host knows into a file, and brings it back.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.archive;

import org.jspecify.annotations.NullMarked;
