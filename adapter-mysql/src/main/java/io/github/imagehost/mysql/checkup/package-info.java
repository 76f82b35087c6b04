/**
 * What a checkup of the database looks at.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.checkup;

import org.jspecify.annotations.NullMarked;
