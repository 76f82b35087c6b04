/**
 * Commands that say who gets in, by tokens, invitations and login links, and tell who did what.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.command.access;

import org.jspecify.annotations.NullMarked;
