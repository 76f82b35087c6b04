/**
 * Albums: an owner's own order over images.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.model.album;

import org.jspecify.annotations.NullMarked;
