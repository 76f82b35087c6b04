package io.github.imagehost.rest.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Where a service keeps what is being uploaded. */
public record Spool(Path directory) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The one of a service with its data here. */
    public static Spool in(Path dataDirectory) {
        return new Spool(dataDirectory.resolve("spool"));
    }

    /** What is there now. */
    public List<Path> files() throws IOException {
        return filesIn(directory);
    }

    /** Waits until this many uploads of more than 8 MiB are under way; smaller ones stay in memory. */
    public void await(int uploads) throws InterruptedException {
        Waiting.until(uploads + " uploads are under way", LIMIT, () -> files().size() == uploads);
    }

    /** What is in a directory; nothing if it is not there. */
    public static List<Path> filesIn(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
