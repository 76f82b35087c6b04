/**
 * A client for the web, on Apache HttpClient. It is beside the store in S3 since that needs the same library.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.web;

import org.jspecify.annotations.NullMarked;
