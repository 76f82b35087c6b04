/**
 * The tables, and how they come to be as this version needs them.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.schema;

import org.jspecify.annotations.NullMarked;
