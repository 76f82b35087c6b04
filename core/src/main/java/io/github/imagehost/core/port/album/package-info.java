/**
 * What a repository of albums and tags has to do, and how it fails.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port.album;

import org.jspecify.annotations.NullMarked;
