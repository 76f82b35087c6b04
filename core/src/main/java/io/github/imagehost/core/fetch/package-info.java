/**
 * Pictures behind links: which links may be followed, and how, without a library for HTTP.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.fetch;

import org.jspecify.annotations.NullMarked;
