/**
 * Albums and tags of an owner.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.album;

import org.jspecify.annotations.NullMarked;
