package io.github.imagehost.rest.chaos;

/**
 * An image as it is shared.
 *
 * @param link to it
 * @param terms how it is shared
 */
record SharedLink(Link link, Terms terms) {}
