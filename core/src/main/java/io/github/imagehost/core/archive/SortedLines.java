package io.github.imagehost.core.archive;

import io.github.imagehost.core.files.TemporaryFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sorts any number of lines of ASCII, each of which is wanted once, with few of them in memory. For one thread. */
final class SortedLines implements AutoCloseable {

    private static final int BUFFER_SIZE = 64 * 1024;

    private final Path directory;
    private final String prefix;
    private final int mostInMemory;
    private final TreeSet<String> inMemory = new TreeSet<>();
    private final List<TemporaryFile> runs = new ArrayList<>();

    /**
     * @param directory where to keep what does not fit into memory
     * @param prefix what the names of those files begin with
     */
    SortedLines(Path directory, String prefix, int mostInMemory) {
        this.directory = directory;
        this.prefix = prefix;
        this.mostInMemory = mostInMemory;
    }

    void add(String line) throws IOException {
        inMemory.add(line);
        if (inMemory.size() >= mostInMemory) {
            writeRun();
        }
    }

    private void writeRun() throws IOException {
        TemporaryFile run = TemporaryFile.createIn(directory, prefix);
        runs.add(run);
        try (OutputStream out = new TemporaryOutput(run)) {
            for (String line : inMemory) {
                write(line, out);
            }
        }
        inMemory.clear();
    }

    /**
     * Writes all lines in their order, each with a line feed. To be called once.
     *
     * @param out stays open
     * @return how many there are
     */
    long writeTo(OutputStream out) throws IOException {
        writeRun();
        PriorityQueue<Run> heads = new PriorityQueue<>(Comparator.comparing(Run::head));
        for (TemporaryFile file : runs) {
            Run.open(file, heads);
        }
        long count = 0;
        @Nullable String last = null;
        for (Run least = heads.poll(); least != null; least = heads.poll()) {
            if (!least.head().equals(last)) {
                write(least.head(), out);
                count++;
            }
            last = least.head();
            least.goOn(heads);
        }
        return count;
    }

    private static void write(String line, OutputStream out) throws IOException {
        out.write((line + '\n').getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        for (TemporaryFile run : runs) {
            run.close();
        }
    }

    /** Sorted lines in a file, of which the head is the next one. */
    private record Run(BufferedReader lines, String head) {

        static void open(TemporaryFile file, PriorityQueue<Run> heads) throws IOException {
            next(new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.US_ASCII), BUFFER_SIZE), heads);
        }

        void goOn(PriorityQueue<Run> heads) throws IOException {
            next(lines, heads);
        }

        private static void next(BufferedReader lines, PriorityQueue<Run> heads) throws IOException {
            String line = lines.readLine();
            if (line != null) {
                heads.add(new Run(lines, line));
            }
        }
    }
}
