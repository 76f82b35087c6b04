package io.github.imagehost.core.schedule;

import io.github.imagehost.core.model.ObjectKey;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A call that a party wants to make next. Immutable.
 *
 * @param description for the trace
 * @param effect has the effect, and gives the answer
 * @param keys the objects that it stores or deletes
 * @param mustWait whether the answer would be that somebody else has to come to an end first
 * @param sentAt when the caller decided to make it, in nanoseconds
 */
record Call(
        String description,
        CallKind kind,
        Function<World, Object> effect,
        List<ObjectKey> keys,
        Predicate<World> mustWait,
        long sentAt) {

    /** The answer of a store that deletes none of the objects. */
    Object refusal() {
        return keys.stream().collect(Collectors.toMap(key -> key, key -> "refused"));
    }
}
