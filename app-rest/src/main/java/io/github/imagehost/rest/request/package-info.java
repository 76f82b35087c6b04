/**
 * What a request says of itself.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.request;

import org.jspecify.annotations.NullMarked;
