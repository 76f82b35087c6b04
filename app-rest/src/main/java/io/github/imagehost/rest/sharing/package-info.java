/**
 * Who may see images, how long and how often; and links that show or delete one to whoever has them.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.sharing;

import org.jspecify.annotations.NullMarked;
