/**
 * A store for pictures in any place that speaks the S3 protocol: AWS, Ceph, MinIO, Garage and others.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.s3;

import org.jspecify.annotations.NullMarked;
