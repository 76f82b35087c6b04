/**
 * Images in the words that the REST contract fixes: what every application of the host shows to people and programs.
 * Written as JSON, the properties stand in the order in which the records declare them.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.view;

import org.jspecify.annotations.NullMarked;
