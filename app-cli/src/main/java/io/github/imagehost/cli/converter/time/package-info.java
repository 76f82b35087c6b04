/**
 * Reads what options say of times, and of how long something lasts.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.converter.time;

import org.jspecify.annotations.NullMarked;
