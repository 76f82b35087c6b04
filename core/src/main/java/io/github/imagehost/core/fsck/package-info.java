/**
 * Compares what lies in a store with what a repository knows of it, and what owners have with what they are counted to
 * have, and repairs what differs.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.fsck;

import org.jspecify.annotations.NullMarked;
