/**
 * The structure of image files: walked by cheap code from the first byte to the last before any decoder sees them, and
 * copied without the metadata that nobody should see.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.format;

import org.jspecify.annotations.NullMarked;
