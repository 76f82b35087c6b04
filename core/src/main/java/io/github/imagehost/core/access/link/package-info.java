/**
 * Links that are signed: whoever has one may do what it says.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.access.link;

import org.jspecify.annotations.NullMarked;
