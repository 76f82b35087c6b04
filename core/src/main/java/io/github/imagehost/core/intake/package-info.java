/**
 * Receiving bytes from outside: limits, and recognising images by their content.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.intake;

import org.jspecify.annotations.NullMarked;
