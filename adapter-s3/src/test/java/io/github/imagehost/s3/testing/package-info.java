/**
 * What tests against S3 share: a real server, and a connection to it that breaks when told to.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.s3.testing;

import org.jspecify.annotations.NullMarked;
