/**
 * The first version of Lsky Pro's protocol.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.compat.lsky;

import org.jspecify.annotations.NullMarked;
