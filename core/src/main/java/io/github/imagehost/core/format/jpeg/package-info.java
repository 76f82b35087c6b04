/**
 * Walks through JPEG files, and reads the codes of those that lack their end.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.format.jpeg;

import org.jspecify.annotations.NullMarked;
