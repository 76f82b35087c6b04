package io.github.imagehost.core.intake;

import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.intake.refusal.UnsupportedImageException;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be uploaded.
 *
 * @param maxFileSize the largest file, in bytes, at least 1
 * @param allowedTypes the allowed formats, at least one
 * @param limits how much work a picture may make for its decoders
 * @param metadata what becomes of what a picture tells beside its pixels
 * @param trailingData what becomes of what follows a picture in its file
 * @param verifyDecode whether all pixels are decoded once before a picture is stored
 */
public record UploadPolicy(
        long maxFileSize,
        Set<ImageType> allowedTypes,
        ImageLimits limits,
        MetadataPolicy metadata,
        TrailingData trailingData,
        boolean verifyDecode) {

    /** Files up to 10 MiB of every format that the host knows; locations are removed, and pixels looked at. */
    public static final UploadPolicy DEFAULT = new UploadPolicy(10 * 1024 * 1024, EnumSet.allOf(ImageType.class));

    private static final String ALLOWED_MIME_TYPES = "ALLOWED_MIME_TYPES";
    private static final long LARGEST_LEGAL_SIZE = 1L << 32;
    private static final long MOST_ANIMATION_PIXELS = 1L << 40;
    /** It is held in memory. */
    private static final long LARGEST_METADATA = 1L << 26;

    public UploadPolicy {
        allowedTypes = Set.copyOf(allowedTypes);
        if (maxFileSize < 1) {
            throw new IllegalArgumentException("The largest file has at least 1 byte, not " + maxFileSize);
        }
        if (allowedTypes.isEmpty()) {
            throw new IllegalArgumentException("At least one format has to be allowed");
        }
    }

    /** A policy that is the default in everything else. */
    public UploadPolicy(long maxFileSize, Set<ImageType> allowedTypes) {
        this(maxFileSize, allowedTypes, ImageLimits.DEFAULT, MetadataPolicy.STRIP_LOCATION, TrailingData.CUT, true);
    }

    /** The same with other limits. */
    public UploadPolicy withLimits(ImageLimits newLimits) {
        return new UploadPolicy(maxFileSize, allowedTypes, newLimits, metadata, trailingData, verifyDecode);
    }

    /** The same with another fate of metadata. */
    public UploadPolicy withMetadata(MetadataPolicy newMetadata) {
        return new UploadPolicy(maxFileSize, allowedTypes, limits, newMetadata, trailingData, verifyDecode);
    }

    /** The same with another fate of what follows a picture. */
    public UploadPolicy withTrailingData(TrailingData newTrailingData) {
        return new UploadPolicy(maxFileSize, allowedTypes, limits, metadata, newTrailingData, verifyDecode);
    }

    /**
     * The same for whoever may upload less.
     *
     * @param newMaxFileSize at least 1 and at most {@link #maxFileSize()}
     * @param newTypes at least one, all of them in {@link #allowedTypes()}
     */
    public UploadPolicy narrowedTo(long newMaxFileSize, Set<ImageType> newTypes) {
        if (newMaxFileSize > maxFileSize || !allowedTypes.containsAll(newTypes)) {
            throw new IllegalArgumentException("That would be more than the policy allows");
        }
        return new UploadPolicy(newMaxFileSize, newTypes, limits, metadata, trailingData, verifyDecode);
    }

    /**
     * Goes on only if pictures of this format are allowed.
     *
     * @throws UnsupportedImageException if they are not
     */
    public void check(ImageType type) {
        if (!allowedTypes.contains(type)) {
            throw new UnsupportedImageException(Optional.of(type.mimeType()), allowedMimeTypes());
        }
    }

    /**
     * The policy that the settings describe; the default for each that is absent:
     *
     * <table>
     * <caption>Settings</caption>
     * <tr><td>{@code MAX_FILE_SIZE}<td>bytes
     * <tr><td>{@code ALLOWED_MIME_TYPES}<td>a list separated by commas
     * <tr><td>{@code MAX_PIXELS}<td>of the canvas and of each frame
     * <tr><td>{@code MAX_ANIMATION_PIXELS}<td>of all frames of an animation together
     * <tr><td>{@code MAX_SIDE}<td>pixels
     * <tr><td>{@code MAX_FRAMES}<td>of an animation
     * <tr><td>{@code MAX_SCANS}<td>of a JPEG
     * <tr><td>{@code MAX_METADATA_SIZE}<td>bytes
     * <tr><td>{@code METADATA}<td>{@code keep}, {@code strip} or {@code strip-location}
     * <tr><td>{@code TRAILING_DATA}<td>{@code cut} or {@code refuse}
     * <tr><td>{@code VERIFY_DECODE}<td>{@code true} or {@code false}
     * </table>
     *
     * @throws SettingsException if one of them is not legal
     */
    public static UploadPolicy from(Settings settings) {
        return new UploadPolicy(
                settings.wholeNumber("MAX_FILE_SIZE", DEFAULT.maxFileSize(), 1, LARGEST_LEGAL_SIZE),
                settings.has(ALLOWED_MIME_TYPES) ? allowedTypes(settings) : DEFAULT.allowedTypes(),
                limits(settings),
                choice(settings, "METADATA", MetadataPolicy.values()).orElse(DEFAULT.metadata()),
                choice(settings, "TRAILING_DATA", TrailingData.values()).orElse(DEFAULT.trailingData()),
                settings.flag("VERIFY_DECODE", DEFAULT.verifyDecode()));
    }

    private static ImageLimits limits(Settings settings) {
        ImageLimits ifAbsent = ImageLimits.DEFAULT;
        return new ImageLimits(
                settings.wholeNumber("MAX_PIXELS", ifAbsent.maxPixels(), 1, Integer.MAX_VALUE),
                settings.wholeNumber("MAX_ANIMATION_PIXELS", ifAbsent.maxAnimationPixels(), 1, MOST_ANIMATION_PIXELS),
                (int) settings.wholeNumber("MAX_SIDE", ifAbsent.maxSide(), 1, Integer.MAX_VALUE),
                (int) settings.wholeNumber("MAX_FRAMES", ifAbsent.maxFrames(), 1, Integer.MAX_VALUE),
                (int) settings.wholeNumber("MAX_SCANS", ifAbsent.maxScans(), 1, Integer.MAX_VALUE),
                (int) settings.wholeNumber("MAX_METADATA_SIZE", ifAbsent.maxMetadataBytes(), 0, LARGEST_METADATA));
    }

    /** A constant by its name, in any case and with hyphens. */
    private static <E extends Enum<E>> Optional<E> choice(Settings settings, String name, E[] choices) {
        String legal = Arrays.stream(choices).map(UploadPolicy::nameOf).collect(Collectors.joining(", "));
        return settings.parse(
                name,
                "one of " + legal,
                text -> Arrays.stream(choices)
                        .filter(choice -> nameOf(choice).equalsIgnoreCase(text))
                        .findFirst());
    }

    private static String nameOf(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
