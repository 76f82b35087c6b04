/**
 * What requests say of albums and tags: where a picture is to be put, or where it is.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.filing;

import org.jspecify.annotations.NullMarked;
