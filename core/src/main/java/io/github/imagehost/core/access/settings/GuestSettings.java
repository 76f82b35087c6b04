package io.github.imagehost.core.access.settings;

import com.google.common.base.Ascii;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings that say what people may do who bring no credential, beside looking at pictures.
 *
 * @param mayUpload whether they may upload
 * @param policy what they may upload then
 * @param uploadsPerHour how many requests with uploads each of them may send within an hour
 */
public record GuestSettings(boolean mayUpload, UploadPolicy policy, long uploadsPerHour) {

    private static final String GUEST_UPLOAD = "GUEST_UPLOAD";
    private static final String GUEST_TYPES = "GUEST_TYPES";
    private static final long DEFAULT_SIZE = 2L * 1024 * 1024;
    private static final long DEFAULT_RATE = 20;
    private static final long LARGEST_RATE = 1_000_000;
    private static final GuestSettings NOTHING = new GuestSettings(false, UploadPolicy.DEFAULT, DEFAULT_RATE);

    /**
     * Reads {@code GUEST_UPLOAD}, and if that is true {@code GUEST_MAX_SIZE}, {@code GUEST_TYPES} and
     * {@code GUEST_RATE_LIMIT}.
     *
     * @param mode who may use the service at all
     * @throws SettingsException if one of them is not legal, allows more than everybody is allowed, or if everybody may
     *     upload without being a guest
     */
    public static GuestSettings from(Settings settings, AccessMode mode) {
        if (!settings.flag(GUEST_UPLOAD, false)) {
            return NOTHING;
        }
        if (mode != AccessMode.TOKEN) {
            throw new SettingsException(GUEST_UPLOAD + " is true, but there are guests only where others need a token:"
                    + " set ACCESS=token, or leave " + GUEST_UPLOAD + " away");
        }
        UploadPolicy everybody = UploadPolicy.from(settings);
        long maxFileSize = settings.wholeNumber(
                "GUEST_MAX_SIZE", Math.min(DEFAULT_SIZE, everybody.maxFileSize()), 1, everybody.maxFileSize());
        Set<ImageType> types = settings.has(GUEST_TYPES)
                ? settings.list(GUEST_TYPES).stream()
                        .map(name -> type(name, everybody))
                        .collect(Collectors.toUnmodifiableSet())
                : everybody.allowedTypes();
        if (types.isEmpty()) {
            throw illegalType(settings.text(GUEST_TYPES).orElse(""), everybody);
        }
        return new GuestSettings(
                true,
                everybody.narrowedTo(maxFileSize, types),
                settings.wholeNumber("GUEST_RATE_LIMIT", DEFAULT_RATE, 1, LARGEST_RATE));
    }

    private static ImageType type(String name, UploadPolicy everybody) {
        return ImageType.ofMimeType(Ascii.toLowerCase(name))
                .filter(everybody.allowedTypes()::contains)
                .orElseThrow(() -> illegalType(name, everybody));
    }

    private static SettingsException illegalType(String name, UploadPolicy everybody) {
        return new SettingsException(
                GUEST_TYPES + " names '" + name + "', but legal are " + everybody.allowedMimeTypes());
    }
}
