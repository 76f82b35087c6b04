/**
 * The settings of programs that upload pictures.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.client;

import org.jspecify.annotations.NullMarked;
