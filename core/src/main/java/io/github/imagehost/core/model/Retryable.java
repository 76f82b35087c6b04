package io.github.imagehost.core.model;

/**
 * Marks the exceptions after which it makes sense to ask for the same thing again later: nothing is wrong with the
 * request, but something that is needed for it is away, full or busy.
 */
public interface Retryable {}
