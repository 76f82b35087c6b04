/**
 * Logging in at an identity provider, by OpenID Connect, and the tokens that it makes; what is known of it is Spring
 * Security's.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.rest.oidc;

import org.jspecify.annotations.NullMarked;
