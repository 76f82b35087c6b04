/**
 * Commands that look after owners.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.command.owner;

import org.jspecify.annotations.NullMarked;
