/**
 * What a repository of owners and tokens has to do. It fails as every repository does.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port.access;

import org.jspecify.annotations.NullMarked;
