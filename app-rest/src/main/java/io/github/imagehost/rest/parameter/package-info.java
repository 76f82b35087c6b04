/**
 * What is said in the parameters of an address.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.parameter;

import org.jspecify.annotations.NullMarked;
