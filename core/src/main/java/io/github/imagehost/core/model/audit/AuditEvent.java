package io.github.imagehost.core.model.audit;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param at when, in milliseconds
 * @param actor who did it
 * @param act what he did
 */
public record AuditEvent(Instant at, Actor actor, Act act) {}
