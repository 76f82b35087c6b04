/**
 * Walks through WebP files, and counts the codes of lossless ones.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.format.webp;

import org.jspecify.annotations.NullMarked;
