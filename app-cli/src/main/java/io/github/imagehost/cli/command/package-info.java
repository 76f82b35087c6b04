/**
 * The program, put together of its commands, and the commands that are about the program itself.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.command;

import org.jspecify.annotations.NullMarked;
