/**
 * Web servers for tests, good ones and others.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.web.testing;

import org.jspecify.annotations.NullMarked;
