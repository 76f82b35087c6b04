/**
 * What a repository has to do besides for administrators.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port.repository.administration;

import org.jspecify.annotations.NullMarked;
