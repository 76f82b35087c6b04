/**
 * Who may do what: owners, their roles, the tokens by which programs act for them, and the sessions in which browsers
 * do.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.model.access;

import org.jspecify.annotations.NullMarked;
