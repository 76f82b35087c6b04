/**
 * The first version of Chevereto's protocol, and imgBB's.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.compat.chevereto;

import org.jspecify.annotations.NullMarked;
