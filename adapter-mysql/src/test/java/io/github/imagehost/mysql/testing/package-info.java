/**
 * Databases for tests, also of other modules.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.testing;

import org.jspecify.annotations.NullMarked;
