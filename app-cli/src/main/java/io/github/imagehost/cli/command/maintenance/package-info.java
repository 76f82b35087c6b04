/**
 * Commands with which administrators look after a store and a database.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.command.maintenance;

import org.jspecify.annotations.NullMarked;
