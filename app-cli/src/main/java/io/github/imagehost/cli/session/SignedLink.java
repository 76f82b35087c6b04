package io.github.imagehost.cli.session;

/**
 * A link by which others see a private picture.
 *
 * @param url of the picture
 * @param thumbnailUrl of a small version of it
 * @param expiresAt when it ends, as {@code Timestamps} writes it
 */
public record SignedLink(String url, String thumbnailUrl, String expiresAt) {}
