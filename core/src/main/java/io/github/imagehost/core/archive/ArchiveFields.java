package io.github.imagehost.core.archive;

import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.access.Labels;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;

/** The values of a line, each of which has to be used. */
final class ArchiveFields {

    private static final Pattern FILENAME = Pattern.compile("[!-~]{1,200}");
    private static final int LONGEST_NAME = 255;

    private final Map<String, Object> values;
    private final Set<String> used = new HashSet<>();

    ArchiveFields(Map<String, Object> values) {
        this.values = values;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        used.add(name);
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("it has no text '" + name + "'");
    }

    <E extends Enum<E>> E constant(String name, E[] constants) {
        return Labels.parse(constants, text(name))
                .orElseThrow(() -> new IllegalArgumentException("its " + name + " is not known"));
    }

    OptionalLong limit(String name) {
        return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
    }

    Visibility visibility() {
        return Visibility.parse(text("visibility"))
                .orElseThrow(() -> new IllegalArgumentException("its visibility is not known"));
    }

    SortedSet<Tag> tags() {
        SortedSet<Tag> tags = Tag.listIn(text("tags"));
        if (tags.size() > Tag.MOST_OF_AN_IMAGE) {
            throw new IllegalArgumentException("it has more than " + Tag.MOST_OF_AN_IMAGE + " tags");
        }
        return tags;
    }

    long number(String name) {
        used.add(name);
        if (values.get(name) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("it has no number '" + name + "'");
    }

    long positive(String name) {
        long number = number(name);
        if (number < 1) {
            throw new IllegalArgumentException("its '" + name + "' is no number from 1");
        }
        return number;
    }

    int pixels(String name) {
        long number = number(name);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("its '" + name + "' is no number of pixels");
        }
        return (int) number;
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its '" + name + "' is no time", e);
        }
    }

    Instant millisecond(String name) {
        Instant time = time(name);
        if (!time.equals(time.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("its '" + name + "' has more than milliseconds");
        }
        return time;
    }

    String filename(String name) {
        return requireFilename(text(name));
    }

    /** With blanks between them. */
    List<String> filenames() {
        List<String> filenames = List.of(text("filenames").split(" ", -1));
        filenames.forEach(ArchiveFields::requireFilename);
        return filenames;
    }

    private static String requireFilename(String filename) {
        if (!FILENAME.matcher(filename).matches()) {
            throw new IllegalArgumentException("one of its filenames is none");
        }
        return filename;
    }

    String originalName() {
        String name = text("originalName");
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw new IllegalArgumentException("its original name is longer than " + LONGEST_NAME + " characters");
        }
        return name;
    }

    void requireAllUsed() {
        for (String name : values.keySet()) {
            if (!used.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is not known");
            }
        }
    }
}
