/**
 * Compares what lies in a store with what a repository knows of it, and repairs what differs.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.fsck;

import org.jspecify.annotations.NullMarked;
