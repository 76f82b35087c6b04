/**
 * Commands that put pictures in order: into albums, and by tags.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.command.album;

import org.jspecify.annotations.NullMarked;
