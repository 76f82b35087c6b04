package io.github.imagehost.core.settings;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much room a service may take for copies of what it reads from a store elsewhere: the setting
 * {@code CONTENT_CACHE}.
 *
 * @param bytes empty if it keeps no copies
 */
public record ContentCacheSize(Optional<Long> bytes) {

    /** The name of the setting. */
    public static final String SETTING = "CONTENT_CACHE";

    private static final String LEGAL = "off, or a size from 64MB to 1024TB such as 500MB or 2GB";
    private static final String OFF = "off";

    private static final long MEGABYTE = 1024 * 1024;
    private static final long GIGABYTE = 1024 * MEGABYTE;
    private static final long TERABYTE = 1024 * GIGABYTE;
    private static final long SMALLEST = 64 * MEGABYTE;
    private static final long LARGEST = 1024 * TERABYTE;
    private static final long DEFAULT = 2 * GIGABYTE;
    /** Of what is free, in parts: so much is taken unless somebody says otherwise. */
    private static final int DEFAULT_PART = 10;

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(MB|GB|TB)");

    /**
     * Reads the setting. Without it, 2 GB are taken, or a tenth of what is free on the disk of the data directory if
     * that is less, and nothing if that is less than 64 MB.
     *
     * @throws SettingsException if it is no legal size
     */
    public static ContentCacheSize from(Settings settings) {
        return settings.parse(SETTING, LEGAL, ContentCacheSize::parse)
                .orElseGet(
                        () -> byDefault(freeSpace(DataDirectory.from(settings).path())));
    }

    static ContentCacheSize byDefault(long free) {
        long bytes = Math.min(DEFAULT, free / DEFAULT_PART);
        return new ContentCacheSize(bytes < SMALLEST ? Optional.empty() : Optional.of(bytes));
    }

    private static Optional<ContentCacheSize> parse(String text) {
        if (text.equalsIgnoreCase(OFF)) {
            return Optional.of(new ContentCacheSize(Optional.empty()));
        }
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "MB" -> MEGABYTE;
            case "GB" -> GIGABYTE;
            default -> TERABYTE;
        };
        BigInteger bytes = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(unit));
        boolean legal =
                bytes.compareTo(BigInteger.valueOf(SMALLEST)) >= 0 && bytes.compareTo(BigInteger.valueOf(LARGEST)) <= 0;
        return legal ? Optional.of(new ContentCacheSize(Optional.of(bytes.longValue()))) : Optional.empty();
    }

    /** Of the disk where the directory is or will be made; 0 if the system does not tell. */
    private static long freeSpace(Path directory) {
        Path existing = directory.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
