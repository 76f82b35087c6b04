/**
 * The image engine of Java's ImageIO: any part of the memory that it is given, any number of pictures at once.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.transform.imageio;

import org.jspecify.annotations.NullMarked;
