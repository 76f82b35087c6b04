/**
 * Uploads over HTTP.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.upload;

import org.jspecify.annotations.NullMarked;
