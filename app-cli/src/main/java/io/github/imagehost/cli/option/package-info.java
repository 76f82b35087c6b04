/**
 * What several commands take as options and arguments.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.option;

import org.jspecify.annotations.NullMarked;
