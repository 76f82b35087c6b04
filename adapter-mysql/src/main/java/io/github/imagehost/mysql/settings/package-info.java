/**
 * Where the database is, and how it is connected to.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.settings;

import org.jspecify.annotations.NullMarked;
