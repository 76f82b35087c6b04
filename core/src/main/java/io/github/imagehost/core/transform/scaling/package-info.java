/**
 * Scales pictures row by row, so that hardly any of their pixels are in memory at once.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.transform.scaling;

import org.jspecify.annotations.NullMarked;
