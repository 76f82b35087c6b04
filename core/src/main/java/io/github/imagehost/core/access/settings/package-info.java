/**
 * What the settings say of who may use a service.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.access.settings;

import org.jspecify.annotations.NullMarked;
