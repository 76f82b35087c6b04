/**
 * Who sends a request, and what it may do.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.access;

import org.jspecify.annotations.NullMarked;
