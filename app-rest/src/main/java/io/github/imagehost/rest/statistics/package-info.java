/**
 * How much there is: of one owner, and of all of them.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.statistics;

import org.jspecify.annotations.NullMarked;
