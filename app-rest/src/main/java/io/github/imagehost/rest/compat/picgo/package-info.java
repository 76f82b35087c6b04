/**
 * The protocol of the servers within PicGo and PicList.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.compat.picgo;

import org.jspecify.annotations.NullMarked;
