/**
 * What tests against S3 share: a real server.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.s3.testing;

import org.jspecify.annotations.NullMarked;
