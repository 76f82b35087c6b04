/**
 * How bodies of requests are read.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.body;

import org.jspecify.annotations.NullMarked;
