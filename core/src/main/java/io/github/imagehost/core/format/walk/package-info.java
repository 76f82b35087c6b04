/**
 * Recognises the format of a file, and has it walked by the package of that format.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.format.walk;

import org.jspecify.annotations.NullMarked;
