/**
 * The command line of the image host: one class a command, and {@link io.github.imagehost.cli.session.Bootstrap}, which
 * puts the host together.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli;

import org.jspecify.annotations.NullMarked;
