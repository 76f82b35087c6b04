package io.github.imagehost.core.model.access;

/**
 * What makes a link to a private image open it.
 *
 * @param expiresAt seconds since 1970
 * @param signature of the image and the end, in characters that a URL may have
 */
public record ViewPermit(long expiresAt, String signature) {}
