/**
 * One class for each command.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.command;

import org.jspecify.annotations.NullMarked;
