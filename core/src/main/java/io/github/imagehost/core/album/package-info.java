/**
 * Albums and tags: what an owner does with them.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.album;

import org.jspecify.annotations.NullMarked;
