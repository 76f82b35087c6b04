/**
 * The protocol that stores every picture once: upload, delete and sweep.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.dedup;

import org.jspecify.annotations.NullMarked;
