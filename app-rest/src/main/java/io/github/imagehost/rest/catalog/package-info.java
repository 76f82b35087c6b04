/**
 * Images as data: one of them, lists, deletions.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.catalog;

import org.jspecify.annotations.NullMarked;
