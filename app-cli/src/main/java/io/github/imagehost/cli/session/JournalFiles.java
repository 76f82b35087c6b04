package io.github.imagehost.cli.session;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names the files of journals. */
public final class JournalFiles {

    private static final int LONGEST_NAME = 40;

    private JournalFiles() {}

    /**
     * The same name for the same purpose, and another one for another.
     *
     * @param source what people recognise it by
     */
    public static String nameFor(String source, String purpose) {
        String readable = source.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        String end = readable.substring(Math.max(0, readable.length() - LONGEST_NAME));
        return end + "-" + UUID.nameUUIDFromBytes(purpose.getBytes(StandardCharsets.UTF_8)) + ".journal";
    }
}
