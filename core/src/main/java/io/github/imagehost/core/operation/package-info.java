/**
 * Operations that take long, and what they have in common: they tell how far they have come, and stop when they are asked to.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.operation;

import org.jspecify.annotations.NullMarked;
