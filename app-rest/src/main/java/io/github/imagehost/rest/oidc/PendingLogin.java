package io.github.imagehost.rest.oidc;

/**
 * A login that goes on at the identity provider.
 *
 * @param state which of the logins of this service it is, as the provider repeats it
 * @param nonce which the provider puts into what it says of whoever logs in
 * @param codeVerifier by which this service shows that it began the login (PKCE, RFC 7636)
 * @param next where its browser wants to go afterwards
 */
record PendingLogin(String state, String nonce, String codeVerifier, LocalPath next) {}
