/**
 * What owners see and change of their own account.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.account;

import org.jspecify.annotations.NullMarked;
