/**
 * For whom a credential stands, what that allows, and how tokens come to be.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.access.credential;

import org.jspecify.annotations.NullMarked;
