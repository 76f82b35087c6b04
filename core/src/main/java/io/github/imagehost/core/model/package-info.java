/**
 * The words of the domain as immutable values: what an image, a digest and an owner are.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.model;

import org.jspecify.annotations.NullMarked;
