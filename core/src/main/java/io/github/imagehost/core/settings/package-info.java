/**
 * Reading named settings, with errors that say which setting is wrong and what is legal.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.settings;

import org.jspecify.annotations.NullMarked;
