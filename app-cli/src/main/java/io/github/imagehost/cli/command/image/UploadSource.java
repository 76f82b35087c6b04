package io.github.imagehost.cli.command.image;

import io.github.imagehost.core.bulk.DirectorySource;
import io.github.imagehost.core.bulk.FileItem;
import io.github.imagehost.core.source.BulkSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/** What the arguments of an upload name, in their order. */
final class UploadSource implements BulkSource<UploadItem> {

    static final String STANDARD_INPUT = "-";

    /** Stands for what could not be decoded. */
    private static final char REPLACEMENT = '\ufffd';

    private static final Pattern LINK =
            Pattern.compile("(?:https?://|data:).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String FOREIGN_TO_LOCALE = "its name does not fit the locale; set LC_ALL=C.UTF-8";

    private final List<String> arguments;
    private final boolean recursive;
    private final UploadItem.Content standardInput;
    private final String nameOfStandardInput;

    /** @param recursive whether a directory stands for the files in it */
    UploadSource(List<String> arguments, boolean recursive, InputStream standardInput, String nameOfStandardInput) {
        this.arguments = List.copyOf(arguments);
        this.recursive = recursive;
        this.standardInput = () -> new LeftOpen(standardInput);
        this.nameOfStandardInput = nameOfStandardInput;
    }

    @Override
    public Iterator<UploadItem> items() {
        return new ArgumentIterator();
    }

    /** Known if nobody has to look into directories. */
    @Override
    public Extent extent() {
        return recursive ? Extent.UNKNOWN : new Extent(arguments.size(), bytes());
    }

    private long bytes() {
        long bytes = 0;
        for (String argument : arguments) {
            if (argument.equals(STANDARD_INPUT)) {
                return Extent.UNKNOWN.bytes();
            }
            bytes += sizeOf(argument);
        }
        return bytes;
    }

    private final class ArgumentIterator implements Iterator<UploadItem> {

        private final Iterator<String> rest = arguments.iterator();
        private Iterator<UploadItem> current = Collections.emptyIterator();
        private int index;

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && rest.hasNext()) {
                current = itemsOf(rest.next());
            }
            return current.hasNext();
        }

        @Override
        public UploadItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }

        private Iterator<UploadItem> itemsOf(String text) {
            if (text.equals(STANDARD_INPUT)) {
                return one(new UploadItem(index++, text, nameOfStandardInput, 0, standardInput));
            }
            if (LINK.matcher(text).matches()) {
                return one(UploadItem.linked(index++, text));
            }
            try {
                Path path = Path.of(text);
                return recursive && Files.isDirectory(path)
                        ? itemsIn(path)
                        : one(new UploadItem(index++, text, text, sizeOf(text), () -> open(text, path)));
            } catch (InvalidPathException e) {
                return one(new UploadItem(index++, text, text, 0, () -> {
                    throw new IOException(FOREIGN_TO_LOCALE, e);
                }));
            }
        }

        private Iterator<UploadItem> itemsIn(Path directory) {
            Iterator<FileItem> files = new DirectorySource(directory).items();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return files.hasNext();
                }

                @Override
                public UploadItem next() {
                    FileItem file = files.next();
                    String name = file.path().toString();
                    return new UploadItem(index++, name, file.originalName(), file.size(), file::open);
                }
            };
        }
    }

    private static Iterator<UploadItem> one(UploadItem item) {
        return List.of(item).iterator();
    }

    private static long sizeOf(String text) {
        try {
            return Files.size(Path.of(text));
        } catch (IOException | InvalidPathException e) {
            // opening it tells why
            return 0;
        }
    }

    private static InputStream open(String text, Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(text, null, "it is a directory; -r uploads what is in it");
        }
        if (text.indexOf(REPLACEMENT) >= 0 && Files.notExists(path)) {
            throw new IOException(FOREIGN_TO_LOCALE);
        }
        return Files.newInputStream(path);
    }

    /** Closing it leaves the stream behind it as it is. */
    private static final class LeftOpen extends FilterInputStream {

        LeftOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
