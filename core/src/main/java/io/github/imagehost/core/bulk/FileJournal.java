package io.github.imagehost.core.bulk;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableMap;
import io.github.imagehost.core.bulk.BulkResult.Outcome;
import io.github.imagehost.core.bulk.BulkResult.Remark;
import io.github.imagehost.core.files.JsonLine;
import io.github.imagehost.core.files.LockFile;
import io.github.imagehost.core.source.BulkItem;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a file, which only its owner may read: a line of JSON for each item that was begun, and one for each
 * that came to its end. Lines that were not written completely, because the process or the machine ended meanwhile, are
 * ignored. One run at a time may use the file. Takes some hundred bytes of memory for each item.
 */
public final class FileJournal implements BulkJournal, AutoCloseable {

    private static final String FORMAT = "imagehost-journal";
    private static final long VERSION = 2;

    /** What files of version 1 begin with, which were no JSON. */
    private static final String OLD_HEADER = "imagehost-journal-1\t";

    private final Path file;
    private final LockFile lock;
    private final FileChannel channel;
    private final Map<String, JournalEntry> entries = new HashMap<>();

    private FileJournal(Path file, LockFile lock) {
        this.file = file;
        this.lock = lock;
        this.channel = lock.channel();
    }

    /**
     * Opens the file, or makes it.
     *
     * @param file its directory is made, too, if it is absent
     * @param purpose what the journal is about; one of something else is not used
     * @return a journal that the caller closes
     * @throws JournalException if another run uses it, if it is about something else or of an earlier version, or if it
     *     can't be read or written
     */
    public static FileJournal open(Path file, String purpose) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            LockFile lock = LockFile.tryLock(file, attributes(file))
                    .orElseThrow(() -> new JournalException("Another run uses the journal " + file));
            try {
                FileJournal journal = new FileJournal(file, lock);
                journal.read(purpose);
                return journal;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException("The journal " + file + " can't be used: " + e, e);
        }
    }

    /** Whether there is anything in it from earlier runs. */
    public synchronized boolean isContinued() {
        return !entries.isEmpty();
    }

    @Override
    public synchronized Optional<BulkResult> result(BulkItem item) {
        return entry(item).flatMap(entry -> Optional.ofNullable(entry.result));
    }

    @Override
    public synchronized List<String> attempts(BulkItem item) {
        return entry(item).map(entry -> List.copyOf(entry.filenames)).orElse(List.of());
    }

    @Override
    public void begin(BulkItem item, String filename) {
        Map<String, Object> line = line(item);
        line.put("filename", filename);
        write(line);
        try {
            channel.force(false);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is durable when the process ends. A loss of power may take it away; then the item is dealt with once more,
     * and {@link #attempts} tell what it was begun with.
     */
    @Override
    public void end(BulkItem item, BulkResult result) {
        Map<String, Object> line = line(item);
        line.put("outcome", result.outcome());
        line.put("bytesRead", result.bytesRead());
        line.put("bytesStored", result.bytesStored());
        line.put("bytesSaved", result.bytesSaved());
        result.remark().ifPresent(remark -> {
            line.put("code", remark.code());
            line.put("message", remark.message());
        });
        write(line);
    }

    private static Map<String, Object> line(BulkItem item) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("item", item.name());
        line.put("version", item.version());
        return line;
    }

    /** Deletes the file, when there is nothing left to go on with. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new JournalException("The journal " + file + " can't be deleted: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The names in it give access to images. */
    private static FileAttribute<?>[] attributes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void read(String purpose) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
        long end = 0;
        for (Optional<byte[]> line = nextLine(in); line.isPresent(); line = nextLine(in)) {
            String text = new String(line.get(), StandardCharsets.UTF_8);
            if (end == 0) {
                requireHeader(text, purpose);
            } else {
                note(parse(text));
            }
            end += line.get().length + 1;
        }
        channel.truncate(end);
        channel.position(end);
        if (end == 0) {
            write(ImmutableMap.of("format", FORMAT, "version", VERSION, "purpose", purpose));
        }
    }

    /** Empty where there is no whole line. */
    private static Optional<byte[]> nextLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return Optional.of(line.toByteArray());
            }
            line.write(b);
        }
        return Optional.empty();
    }

    private void requireHeader(String text, String purpose) {
        if (text.startsWith(OLD_HEADER)) {
            throw new JournalException(
                    "The journal " + file + " is of an earlier version of this program. Delete it to begin anew:"
                            + " everything is read again, and what is there already is a duplicate");
        }
        Map<String, Object> header = parse(text);
        if (!FORMAT.equals(header.get("format")) || !Long.valueOf(VERSION).equals(header.get("version"))) {
            throw new JournalException("The file " + file + " is no journal");
        }
        if (!purpose.equals(header.get("purpose"))) {
            throw new JournalException("The journal " + file + " is about something else: " + header.get("purpose"));
        }
    }

    /** Nothing if the line was not written to its end. */
    private static Map<String, Object> parse(String line) {
        try {
            return JsonLine.read(line);
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private void note(Map<String, Object> line) {
        if (line.get("item") instanceof String item && line.get("version") instanceof String version) {
            JournalEntry entry = entries.compute(
                    item, (name, old) -> old != null && old.version.equals(version) ? old : new JournalEntry(version));
            if (line.get("filename") instanceof String filename) {
                entry.filenames.add(filename);
            } else if (line.get("outcome") instanceof String outcome
                    && line.get("bytesRead") instanceof Long read
                    && line.get("bytesStored") instanceof Long stored
                    && line.get("bytesSaved") instanceof Long saved) {
                entry.result = Enums.getIfPresent(Outcome.class, outcome)
                        .transform(known -> new BulkResult(
                                known, read, stored, saved, remark(line), Optional.empty(), Optional.empty()))
                        .orNull();
            }
        }
    }

    private static Optional<Remark> remark(Map<String, Object> line) {
        return line.get("code") instanceof String code && line.get("message") instanceof String message
                ? Optional.of(new Remark(code, message))
                : Optional.empty();
    }

    private Optional<JournalEntry> entry(BulkItem item) {
        return Optional.ofNullable(entries.get(item.name())).filter(entry -> entry.version.equals(item.version()));
    }

    private synchronized void write(Map<String, ?> line) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(JsonLine.write(line) + '\n');
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private JournalException unwritable(IOException e) {
        return new JournalException("The journal " + file + " can't be written: " + e, e);
    }

    /** What is known of the newest version of an item. */
    private static final class JournalEntry {

        private final String version;
        private final List<String> filenames = new ArrayList<>(1);
        private @Nullable BulkResult result;

        JournalEntry(String version) {
            this.version = version;
        }
    }
}
