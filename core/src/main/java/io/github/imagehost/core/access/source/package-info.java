/**
 * From where requests may come.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.access.source;

import org.jspecify.annotations.NullMarked;
