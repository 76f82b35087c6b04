package io.github.imagehost.core.model.usage;

/**
 * How much an owner has.
 *
 * @param images how many live ones
 * @param bytes all of them together, as they were uploaded
 */
public record Usage(long images, long bytes) {}
