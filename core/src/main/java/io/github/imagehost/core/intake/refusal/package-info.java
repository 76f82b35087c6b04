/**
 * Why bytes from outside are refused.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.intake.refusal;

import org.jspecify.annotations.NullMarked;
