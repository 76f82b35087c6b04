/**
 * What a client has to do that fetches from the web, and how it fails.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.port.web;

import org.jspecify.annotations.NullMarked;
