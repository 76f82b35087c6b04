/**
 * Chooses the image engine that a machine can have.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.transform.engine;

import org.jspecify.annotations.NullMarked;
