/**
 * Pictures in other sizes and formats, each of them rendered and stored once.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.variant;

import org.jspecify.annotations.NullMarked;
