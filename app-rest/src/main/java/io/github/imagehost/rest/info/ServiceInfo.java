package io.github.imagehost.rest.info;

import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.fetch.FetchSettings;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.access.Labels;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.rest.catalog.RequestedIds;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.UploadLimits;
import io.github.imagehost.rest.settings.TransformSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients have to know of a service before they do anything there; it is the same for everybody.
 *
 * @param version of the program; null if it was not packaged
 * @param publicUrl where people reach the service, without a slash at the end
 * @param access who may use it: {@code local}, {@code token} or {@code open}
 * @param login how people may log in
 * @param languages of what it says to people, the usual one first
 * @param protocols of other hosts that it speaks
 * @param uploads what may be uploaded
 * @param requests what one request may hold
 * @param guests what may be uploaded without a credential; null if nothing
 * @param variants in which sizes and formats everybody gets images
 * @param limitedImages whether images may be private, end, or be limited to some views
 * @param rateLimits how many requests are answered
 */
record ServiceInfo(
        @Nullable String version,
        String publicUrl,
        String access,
        List<String> login,
        List<String> languages,
        List<String> protocols,
        Uploads uploads,
        Requests requests,
        @Nullable Guests guests,
        Variants variants,
        boolean limitedImages,
        RateLimits rateLimits) {

    /**
     * What may be uploaded.
     *
     * @param maxFileSize in bytes
     * @param mimeTypes in alphabetical order
     * @param maxPixels of the canvas and of each frame
     * @param maxSide the greatest width and height, in pixels
     * @param maxAnimationPixels of all frames together
     * @param maxFrames of an animation
     * @param metadata what becomes of metadata: {@code keep}, {@code strip-location} or {@code strip}
     * @param fetchesUrls whether pictures are fetched by their links
     */
    record Uploads(
            long maxFileSize,
            List<String> mimeTypes,
            long maxPixels,
            int maxSide,
            long maxAnimationPixels,
            int maxFrames,
            String metadata,
            boolean fetchesUrls) {

        static Uploads of(UploadPolicy policy, FetchSettings fetching) {
            return new Uploads(
                    policy.maxFileSize(),
                    mimeTypesOf(policy),
                    policy.limits().maxPixels(),
                    policy.limits().maxSide(),
                    policy.limits().maxAnimationPixels(),
                    policy.limits().maxFrames(),
                    Labels.of(policy.metadata()).replace('_', '-'),
                    fetching.isOn());
        }
    }

    private static List<String> mimeTypesOf(UploadPolicy policy) {
        return policy.allowedTypes().stream().map(ImageType::mimeType).sorted().toList();
    }

    /**
     * What one request may hold.
     *
     * @param maxFiles how many files
     * @param maxDigests how many digests that it asks for
     * @param maxIds how many ids of images
     */
    record Requests(int maxFiles, int maxDigests, int maxIds) {

        static final Requests ALL = new Requests(UploadLimits.MAX_FILES, UploadLimits.MAX_DIGESTS, RequestedIds.MOST);
    }

    /**
     * What may be uploaded without a credential, beside what holds for all.
     *
     * @param maxFileSize in bytes
     * @param mimeTypes in alphabetical order
     * @param rateLimit how many requests each guest may send
     */
    record Guests(long maxFileSize, List<String> mimeTypes, RateLimit rateLimit) {

        static @Nullable Guests of(GuestSettings settings) {
            return settings.mayUpload()
                    ? new Guests(
                            settings.policy().maxFileSize(),
                            mimeTypesOf(settings.policy()),
                            new RateLimit(
                                    settings.uploadsPerHour(),
                                    Duration.ofHours(1).toSeconds()))
                    : null;
        }
    }

    /**
     * In which sizes and formats everybody gets images.
     *
     * @param presets boxes that have names, in alphabetical order
     * @param sizes widths and heights, in pixels, the smallest first
     * @param formats that they may be asked for in, in alphabetical order
     */
    record Variants(List<Preset> presets, List<Integer> sizes, List<String> formats) {

        static Variants of(TransformSettings settings, ImageEngine engine) {
            return new Variants(
                    settings.presets().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(preset -> Preset.of(preset.getKey(), preset.getValue()))
                            .toList(),
                    settings.sizes().stream().sorted().toList(),
                    labels(engine.writableTypes()));
        }
    }

    /**
     * A box.
     *
     * @param name in addresses
     * @param width in pixels
     * @param height in pixels
     * @param fit {@code inside} or {@code cover}
     */
    record Preset(String name, int width, int height, String fit) {

        private static Preset of(String name, TransformSettings.Preset preset) {
            return new Preset(name, preset.width(), preset.height(), Labels.of(preset.fit()));
        }
    }

    /**
     * How many requests are answered.
     *
     * @param client how many of each address, or token; null for any number
     * @param owner how many of each owner who has logged in; null for any number
     */
    record RateLimits(@Nullable RateLimit client, @Nullable RateLimit owner) {

        static RateLimits of(ServiceSettings settings) {
            return new RateLimits(
                    settings.rateLimit().map(RateLimit::of).orElse(null),
                    settings.ownerRateLimit().map(RateLimit::of).orElse(null));
        }
    }

    /**
     * A limit.
     *
     * @param requests how many
     * @param seconds in how long a time
     */
    record RateLimit(long requests, long seconds) {

        private static RateLimit of(ServiceSettings.RateLimit limit) {
            return new RateLimit(limit.requests(), limit.window().toSeconds());
        }
    }

    /** How people write these constants, in alphabetical order. */
    static List<String> labels(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Labels::of).sorted().toList();
    }
}
