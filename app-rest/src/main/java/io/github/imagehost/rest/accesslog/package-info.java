/**
 * A file with a line for each request.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.accesslog;

import org.jspecify.annotations.NullMarked;
