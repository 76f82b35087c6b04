/**
 * The pictures of a service, which commands reach over its REST API.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.remote;

import org.jspecify.annotations.NullMarked;
