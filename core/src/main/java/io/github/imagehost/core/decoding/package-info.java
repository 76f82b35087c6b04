/**
 * Threads in which pictures are decoded: how many at once, with how much memory, for how long, and for whom; and which
 * of ImageIO's readers and writers there are, what readers read, and how they are stopped.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.decoding;

import org.jspecify.annotations.NullMarked;
