/**
 * The image store in a directory of the local file system.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.local;

import org.jspecify.annotations.NullMarked;
