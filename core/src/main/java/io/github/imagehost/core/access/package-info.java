/**
 * Who may do what: which credential stands for whom, and what that allows.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.access;

import org.jspecify.annotations.NullMarked;
