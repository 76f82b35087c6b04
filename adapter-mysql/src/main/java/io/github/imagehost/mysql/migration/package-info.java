/**
 * What Flyway needs beside the schema's scripts; public only because Flyway makes it by its name.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.migration;

import org.jspecify.annotations.NullMarked;
