/**
 * The image host that a command works with, put together as the settings say.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.session;

import org.jspecify.annotations.NullMarked;
