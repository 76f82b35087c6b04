/**
 * Thumbnails and conversion: renders a picture in another size or format, with one of several engines.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.transform;

import org.jspecify.annotations.NullMarked;
