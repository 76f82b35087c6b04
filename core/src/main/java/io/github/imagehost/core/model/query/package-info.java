/**
 * Which images a list has, in which order, and a page of it.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.model.query;

import org.jspecify.annotations.NullMarked;
