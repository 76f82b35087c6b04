/**
 * The settings of the service, which everything else here may read.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.settings;

import org.jspecify.annotations.NullMarked;
