/**
 * Commands for pictures: how they come in, what is known of them, how they go.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.command.image;

import org.jspecify.annotations.NullMarked;
