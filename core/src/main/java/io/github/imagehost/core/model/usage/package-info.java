/**
 * How much there is: what owners have and may have, what all of them have, and what a sweep did away with.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.model.usage;

import org.jspecify.annotations.NullMarked;
