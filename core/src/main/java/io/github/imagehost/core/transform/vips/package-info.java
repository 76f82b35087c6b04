/**
 * The image engine of libvips' command line tool, a process for each picture.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.transform.vips;

import org.jspecify.annotations.NullMarked;
