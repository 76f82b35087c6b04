package io.github.imagehost.rest.upload;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** Names of the fields that came with a request, as far as an answer may repeat what a client says. For one thread. */
final class FieldNames {

    private static final int MOST_NAMES = 10;
    private static final int LONGEST_NAME = 40;
    private static final String MORE = "…";
    /** What could mean something where a message is shown. */
    private static final Pattern UNUSUAL = Pattern.compile("[^\\p{L}\\p{N}\\[\\]._-]");

    private final Set<String> names = new LinkedHashSet<>();

    /** Repeated names count once, empty ones never; beyond a number they are no longer told apart. */
    void add(String name) {
        if (name.isEmpty()) {
            return;
        }
        String shown = printable(name);
        if (!names.contains(shown)) {
            names.add(names.size() < MOST_NAMES ? shown : MORE);
        }
    }

    private static String printable(String name) {
        boolean tooLong = name.codePointCount(0, name.length()) > LONGEST_NAME;
        String beginning = tooLong ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) : name;
        return UNUSUAL.matcher(beginning).replaceAll("?") + (tooLong ? MORE : "");
    }

    /** What stands for them in a message. */
    Object asArgument() {
        return names.isEmpty() ? new DefaultMessageSourceResolvable("no_fields") : String.join(", ", names);
    }
}
