/**
 * What a repository of owners, tokens and sessions has to do, which fails as every repository does; and what hashes
 * passwords.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port.access;

import org.jspecify.annotations.NullMarked;
