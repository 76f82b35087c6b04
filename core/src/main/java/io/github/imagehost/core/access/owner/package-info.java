/**
 * Who the owners are, also as far as an identity provider says it.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.access.owner;

import org.jspecify.annotations.NullMarked;
