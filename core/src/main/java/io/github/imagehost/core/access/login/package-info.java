/**
 * How people log in: by password, by login link, by invitation and at an identity provider; and the sessions that begin
 * so.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.access.login;

import org.jspecify.annotations.NullMarked;
