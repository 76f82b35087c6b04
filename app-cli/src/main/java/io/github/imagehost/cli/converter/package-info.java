/**
 * Reads what options and arguments say.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.converter;

import org.jspecify.annotations.NullMarked;
