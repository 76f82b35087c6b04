/**
 * Work that takes long: in several threads, with results in order, and again where it failed for a while. What imports,
 * checks, migrations and restores have in common.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.work;

import org.jspecify.annotations.NullMarked;
