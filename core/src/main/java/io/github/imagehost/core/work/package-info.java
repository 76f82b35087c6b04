/**
 * Work in several threads whose results come in order: what imports, checks, migrations and restores have in common.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.work;

import org.jspecify.annotations.NullMarked;
