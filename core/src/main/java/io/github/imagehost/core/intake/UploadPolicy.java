package io.github.imagehost.core.intake;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be uploaded.
 *
 * @param maxFileSize the largest file, in bytes, at least 1
 * @param allowedTypes the allowed formats, at least one
 */
public record UploadPolicy(long maxFileSize, Set<ImageType> allowedTypes) {

    /** Files up to 10 MiB of every format that the host knows. */
    public static final UploadPolicy DEFAULT = new UploadPolicy(10 * 1024 * 1024, EnumSet.allOf(ImageType.class));

    private static final String ALLOWED_MIME_TYPES = "ALLOWED_MIME_TYPES";
    private static final long LARGEST_LEGAL_SIZE = 1L << 32;

    public UploadPolicy {
        allowedTypes = Set.copyOf(allowedTypes);
        if (maxFileSize < 1) {
            throw new IllegalArgumentException("The largest file has at least 1 byte, not " + maxFileSize);
        }
        if (allowedTypes.isEmpty()) {
            throw new IllegalArgumentException("At least one format has to be allowed");
        }
    }

    /**
     * The policy that {@code MAX_FILE_SIZE} (bytes) and {@code ALLOWED_MIME_TYPES} (a list separated by commas) describe; the
     * default for each that is absent.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static UploadPolicy from(Settings settings) {
        long maxFileSize = settings.wholeNumber("MAX_FILE_SIZE", DEFAULT.maxFileSize(), 1, LARGEST_LEGAL_SIZE);
        return new UploadPolicy(
                maxFileSize, settings.has(ALLOWED_MIME_TYPES) ? allowedTypes(settings) : DEFAULT.allowedTypes());
    }

    /** The media types of the allowed formats in alphabetical order, separated by commas. */
    public String allowedMimeTypes() {
        return mimeTypes(allowedTypes);
    }

    private static Set<ImageType> allowedTypes(Settings settings) {
        String legal = "', but legal are " + mimeTypes(EnumSet.allOf(ImageType.class));
        Set<ImageType> types = EnumSet.noneOf(ImageType.class);
        for (String name : settings.list(ALLOWED_MIME_TYPES)) {
            types.add(ImageType.ofMimeType(name.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new SettingsException(ALLOWED_MIME_TYPES + " names '" + name + legal)));
        }
        if (types.isEmpty()) {
            throw new SettingsException(ALLOWED_MIME_TYPES + " is '"
                    + settings.text(ALLOWED_MIME_TYPES).orElse("") + legal);
        }
        return types;
    }

    private static String mimeTypes(Set<ImageType> types) {
        return Arrays.stream(ImageType.values())
                .filter(types::contains)
                .map(ImageType::mimeType)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
