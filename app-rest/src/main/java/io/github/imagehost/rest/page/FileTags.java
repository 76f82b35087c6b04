package io.github.imagehost.rest.page;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Entity tags of files in the program, by what is in them: in a build that can be repeated, all files have the same
 * time, whatever their version. Safe for use by many threads.
 */
@Component
final class FileTags {

    /** By addresses; there are no more of them than files. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** The tag of a file: a weak one, since what is strong is not sent compressed. */
    String of(Resource file) {
        try {
            return known.computeIfAbsent(file.getURL().toString(), address -> read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Resource file) {
        try {
            return "W/\"" + Hashing.sha256().hashBytes(file.getContentAsByteArray()) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
