/**
 * What a repository has to do for a host that stores images.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port.repository;

import org.jspecify.annotations.NullMarked;
