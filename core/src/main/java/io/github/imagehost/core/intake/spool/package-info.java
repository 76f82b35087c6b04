/**
 * Keeps bytes from outside until they are stored, and hashes them meanwhile.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.intake.spool;

import org.jspecify.annotations.NullMarked;
