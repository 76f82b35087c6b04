/**
 * What is measured of the service, and where it is told. Nothing of it is there unless somebody asks for it. Whoever
 * adds a meter names it in {@link io.github.imagehost.rest.metrics.MeterNames}; what has a state to tell is a
 * {@link io.micrometer.core.instrument.binder.MeterBinder}, which is bound when there are metrics.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.metrics;

import org.jspecify.annotations.NullMarked;
