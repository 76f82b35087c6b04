package io.github.imagehost.core.bulk;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import io.github.imagehost.core.bulk.BulkResult.Outcome;
import io.github.imagehost.core.bulk.BulkResult.Remark;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a file, which only its owner may read: a line for each item that was begun, and one for each that came to its end.
 * Lines that were not written completely, because the process or the machine ended meanwhile, are ignored. One run at a time may
 * use the file. Takes some hundred bytes of memory for each item.
 */
public final class FileJournal implements BulkJournal, AutoCloseable {

    private static final String HEADER = "imagehost-journal-1";
    private static final String BEGIN = "begin";
    private static final String END = "end";
    private static final char SEPARATOR = '\t';
    private static final int FIELDS_OF_HEADER = 2;
    private static final int FIELDS_OF_BEGIN = 4;
    private static final int FIELDS_OF_END = 9;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new HashMap<>();

    private FileJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the file, or makes it.
     *
     * @param file its directory is made, too, if it is absent
     * @param purpose what the journal is about; one of something else is not used
     * @return a journal that the caller closes
     * @throws JournalException if another run uses it, if it is about something else, or if it can't be read or written
     */
    public static FileJournal open(Path file, String purpose) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = openChannel(file);
            try {
                FileJournal journal = new FileJournal(file, channel);
                journal.lock();
                journal.read(purpose);
                return journal;
            } catch (IOException | RuntimeException e) {
                channel.close();
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
        write(List.of(BEGIN, item.name(), item.version(), filename));
        try {
            channel.force(false);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is durable when the process ends. A loss of power may take it away; then the item is dealt with once more, and
     * {@link #attempts} tell what it was begun with.
     */
    @Override
    public void end(BulkItem item, BulkResult result) {
        Optional<Remark> remark = result.remark();
        write(List.of(
                END,
                item.name(),
                item.version(),
                result.outcome().name(),
                String.valueOf(result.bytesRead()),
                String.valueOf(result.bytesStored()),
                String.valueOf(result.bytesSaved()),
                remark.map(Remark::code).orElse(""),
                remark.map(Remark::message).orElse("")));
    }

    /** Deletes the file, since nobody is to go on any more. */
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
            channel.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static FileChannel openChannel(Path file) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        // it names images that are found by nobody who does not know their names
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, options);
    }

    private void lock() throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new JournalException("Another run uses the journal " + file, e);
        }
        throw new JournalException("Another run uses the journal " + file);
    }

    private void read(String purpose) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
        long end = 0;
        for (Optional<byte[]> line = nextLine(in); line.isPresent(); line = nextLine(in)) {
            List<String> fields =
                    parse(new String(line.get(), StandardCharsets.UTF_8)).orElse(List.of());
            if (end == 0) {
                requireHeader(fields, purpose);
            } else {
                note(fields);
            }
            end += line.get().length + 1;
        }
        channel.truncate(end);
        channel.position(end);
        if (end == 0) {
            write(List.of(HEADER, purpose));
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

    private void requireHeader(List<String> fields, String purpose) {
        if (fields.size() != FIELDS_OF_HEADER || !fields.get(0).equals(HEADER)) {
            throw new JournalException("The file " + file + " is no journal");
        }
        if (!fields.get(1).equals(purpose)) {
            throw new JournalException("The journal " + file + " is about something else: " + fields.get(1));
        }
    }

    private void note(List<String> fields) {
        if (fields.size() == FIELDS_OF_BEGIN && fields.get(0).equals(BEGIN)) {
            entryOf(fields).filenames.add(fields.get(3));
        } else if (fields.size() == FIELDS_OF_END && fields.get(0).equals(END)) {
            entryOf(fields).result = new BulkResult(
                    Outcome.valueOf(fields.get(3)),
                    Long.parseLong(fields.get(4)),
                    Long.parseLong(fields.get(5)),
                    Long.parseLong(fields.get(6)),
                    fields.get(7).isEmpty() ? Optional.empty() : Optional.of(new Remark(fields.get(7), fields.get(8))),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private Entry entryOf(List<String> fields) {
        return entries.compute(
                fields.get(1),
                (name, entry) ->
                        entry != null && entry.version.equals(fields.get(2)) ? entry : new Entry(fields.get(2)));
    }

    private Optional<Entry> entry(BulkItem item) {
        return Optional.ofNullable(entries.get(item.name())).filter(entry -> entry.version.equals(item.version()));
    }

    private synchronized void write(List<String> fields) {
        StringBuilder line = new StringBuilder();
        fields.forEach(field -> line.append(escape(field)).append(SEPARATOR));
        line.append(checksum(line)).append('\n');
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line.toString());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Empty if the line is not as it was written. */
    private static Optional<List<String>> parse(String line) {
        int end = line.lastIndexOf(SEPARATOR) + 1;
        if (end == 0 || !line.substring(end).equals(checksum(line.substring(0, end)))) {
            return Optional.empty();
        }
        return Optional.of(Splitter.on(SEPARATOR).splitToList(line.substring(0, end - 1)).stream()
                .map(FileJournal::unescape)
                .toList());
    }

    private static String checksum(CharSequence text) {
        return Hashing.crc32c().hashString(text, StandardCharsets.UTF_8).toString();
    }

    private static String escape(String field) {
        return field.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescape(String field) {
        StringBuilder text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                i++;
                text.append(
                        switch (field.charAt(i)) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> field.charAt(i);
                        });
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private JournalException unwritable(IOException e) {
        return new JournalException("The journal " + file + " can't be written: " + e, e);
    }

    /** What is known of the newest version of an item. */
    private static final class Entry {

        private final String version;
        private final List<String> filenames = new ArrayList<>(1);
        private @Nullable BulkResult result;

        Entry(String version) {
            this.version = version;
        }
    }
}
