package io.github.imagehost.core.archive;

import io.github.imagehost.core.model.access.OwnerName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whose images those of some owners in an archive become. Immutable.
 *
 * @param targets what owners are called here, by what they are called in the archive: a name, or a number where it
 *     tells no name
 */
public record OwnerMap(Map<String, OwnerName> targets) {

    /** Says nothing. */
    public static final OwnerMap NONE = new OwnerMap(Map.of());

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    public OwnerMap {
        targets = Map.copyOf(targets);
    }

    /**
     * Reads pairs of texts such as {@code alice=bob}.
     *
     * @throws IllegalArgumentException if one is not legal, or if two are about the same owner; the message says what
     *     is legal
     */
    public static OwnerMap parse(Collection<String> pairs) {
        Map<String, OwnerName> targets = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + pair
                        + "' is not OLD=NEW: what an owner is called in the file, and what it is called here");
            }
            String old = pair.substring(0, equals);
            String label =
                    NUMBER.matcher(old).matches() ? old : OwnerName.of(old).value();
            if (targets.put(label, OwnerName.of(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("It is said twice what becomes of the owner '" + label + "'");
            }
        }
        return new OwnerMap(targets);
    }
}
