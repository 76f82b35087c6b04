package io.github.imagehost.core.diagnosis;

import java.util.Optional;

/**
 * The {@link Answer} to a check. None of its texts holds a secret. Immutable.
 *
 * @param area what the check is about
 * @param check which one it is, in lower case; together with the area it is the same in every run
 */
public record Finding(
        Area area, String check, Outcome outcome, String seen, Optional<String> advice, Optional<Exception> cause) {}
