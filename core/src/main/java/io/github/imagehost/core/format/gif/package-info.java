/**
 * Walks through GIF files, and counts their pixels.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.format.gif;

import org.jspecify.annotations.NullMarked;
