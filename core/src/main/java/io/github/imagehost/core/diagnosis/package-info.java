/**
 * What can be found out about the places where an image host keeps its images, before and while it works with them.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.diagnosis;

import org.jspecify.annotations.NullMarked;
