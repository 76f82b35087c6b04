/**
 * What the service tells everybody of itself.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.info;

import org.jspecify.annotations.NullMarked;
