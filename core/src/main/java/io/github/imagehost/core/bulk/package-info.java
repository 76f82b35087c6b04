/**
 * What is done with many pictures at once, in parallel: {@link io.github.imagehost.core.bulk.BulkRun} does a
 * {@link io.github.imagehost.core.bulk.BulkTask} with every item of a
 * {@link io.github.imagehost.core.source.BulkSource}, and a {@link io.github.imagehost.core.bulk.BulkJournal} lets it
 * go on where it was stopped.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.bulk;

import org.jspecify.annotations.NullMarked;
