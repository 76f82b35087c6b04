/**
 * What the core needs from the outside: a store for bytes, a repository for metadata, and the exceptions of their contracts.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port;

import org.jspecify.annotations.NullMarked;
