/**
 * The image host as a library: {@link io.github.imagehost.core.ImageHost} is the place to start.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core;

import org.jspecify.annotations.NullMarked;
