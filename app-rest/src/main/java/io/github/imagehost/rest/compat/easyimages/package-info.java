/**
 * The protocol of EasyImages 2.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.compat.easyimages;

import org.jspecify.annotations.NullMarked;
