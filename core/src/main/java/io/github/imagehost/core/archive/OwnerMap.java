package io.github.imagehost.core.archive;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.OwnerName;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose images those of some owners in an archive become. Immutable.
 *
 * @param targets what owners are called here, by what they are called in the archive: a name, or a number where it
 *     tells no name
 * @param kept owners that the archive tells as numbers and that stay these numbers, since nobody but an application
 *     around the host knows them
 */
public record OwnerMap(Map<String, OwnerName> targets, Set<OwnerId> kept) {

    /** Says nothing. */
    public static final OwnerMap NONE = new OwnerMap(Map.of(), Set.of());

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    public OwnerMap {
        targets = Map.copyOf(targets);
        kept = Set.copyOf(kept);
    }

    /**
     * Reads pairs of texts such as {@code alice=bob}, or {@code 7=7} for a number that stays.
     *
     * @throws IllegalArgumentException if one is not legal, or if two are about the same owner; the message says what
     *     is legal
     */
    public static OwnerMap parse(Collection<String> pairs) {
        Map<String, OwnerName> targets = new LinkedHashMap<>();
        Set<OwnerId> kept = new HashSet<>();
        Set<String> labels = new HashSet<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + pair
                        + "' is not OLD=NEW: what an owner is called in the file, and what it is called here");
            }
            String old = pair.substring(0, equals);
            String target = pair.substring(equals + 1);
            boolean isNumber = NUMBER.matcher(old).matches();
            String label = isNumber ? old : OwnerName.of(old).value();
            if (!labels.add(label)) {
                throw new IllegalArgumentException("It is said twice what becomes of the owner '" + label + "'");
            }
            if (isNumber && target.equals(old)) {
                kept.add(new OwnerId(Long.parseLong(old)));
            } else {
                targets.put(label, OwnerName.of(target));
            }
        }
        return new OwnerMap(targets, kept);
    }
}
