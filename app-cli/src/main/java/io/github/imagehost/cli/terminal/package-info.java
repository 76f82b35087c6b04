/**
 * What people see of a command: texts, tables, progress, errors, exit codes.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.cli.terminal;

import org.jspecify.annotations.NullMarked;
