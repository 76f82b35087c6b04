package io.github.imagehost.rest.delivery;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.settings.TransformSettings;
import io.github.imagehost.rest.settings.TransformSettings.Preset;
import jakarta.servlet.http.HttpServletRequest;
import java.awt.Dimension;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.InvalidMimeTypeException;

/**
 * Which variant of an image a request asks for, and whether it may. Everybody may have the presets and the sizes on the
 * list; a signature opens all others, since each one costs time and room.
 */
@Component
class TransformParameters {

    private static final List<String> NAMES = List.of("w", "h", "fit", "format", "q");
    private static final String SIGNATURE = "s";
    private static final String AUTO = "auto";
    private static final int DEFAULT_QUALITY = 80;
    private static final int MAX_QUALITY = 100;
    private static final String ALGORITHM = "HmacSHA256";

    private final TransformSettings settings;
    private final ImageEngine engine;

    TransformParameters(TransformSettings settings, ImageEngine engine) {
        this.settings = settings;
        this.engine = engine;
    }

    /** Whether a request asks for anything but the image itself. */
    static boolean areIn(HttpServletRequest request) {
        return NAMES.stream().anyMatch(name -> request.getParameter(name) != null);
    }

    /**
     * The variant of a preset; a request may name a format.
     *
     * @throws ApiException if there is no such preset, or the format is not legal
     */
    Transformation preset(String name, Image image, HttpServletRequest request) {
        Preset preset = settings.presets().get(name);
        if (preset == null) {
            throw new ApiException(ApiError.NOT_FOUND);
        }
        return inFormat(
                image,
                request,
                format -> new Transformation(
                        OptionalInt.of(preset.width()),
                        OptionalInt.of(preset.height()),
                        preset.fit(),
                        format,
                        DEFAULT_QUALITY));
    }

    /**
     * The variant that the parameters describe.
     *
     * @throws ApiException if they are not legal, or need a signature that is not there
     */
    Transformation read(Image image, HttpServletRequest request) {
        OptionalInt width = number("w", request, Transformation.MAX_SIDE);
        OptionalInt height = number("h", request, Transformation.MAX_SIDE);
        OptionalInt quality = number("q", request, MAX_QUALITY);
        Fit fit = fit(request);
        Transformation transformation = inFormat(
                image,
                request,
                format -> new Transformation(width, height, fit, format, quality.orElse(DEFAULT_QUALITY)));
        boolean hasSize = width.isPresent() || height.isPresent();
        boolean isFree = hasSize && isOnTheList(width) && isOnTheList(height) && quality.isEmpty();
        if (!isFree && !isSigned(request)) {
            throw new ApiException(
                    ApiError.SIGNATURE_REQUIRED,
                    settings.sizes().stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return transformation;
    }

    private boolean isOnTheList(OptionalInt side) {
        return side.isEmpty() || settings.sizes().contains(side.getAsInt());
    }

    private static Fit fit(HttpServletRequest request) {
        String text = request.getParameter("fit");
        return text == null
                ? Fit.INSIDE
                : Arrays.stream(Fit.values())
                        .filter(fit -> fit.name().toLowerCase(Locale.ROOT).equals(text))
                        .findFirst()
                        .orElseThrow(() -> ApiException.illegalParameter("fit", "legal.one_of", "inside, cover"));
    }

    /** Of the formats that can hold the result, the one that is asked for. */
    private Transformation inFormat(
            Image image, HttpServletRequest request, Function<ImageType, Transformation> transformations) {
        Map<String, Transformation> legal = engine.writableTypes().stream()
                .map(transformations)
                .filter(transformation -> isRenderable(image, transformation))
                .collect(Collectors.toMap(
                        transformation -> nameOf(transformation.format()),
                        Function.identity(),
                        (a, b) -> a,
                        TreeMap::new));
        String text = Objects.requireNonNullElse(request.getParameter("format"), AUTO);
        String name = text.equals(AUTO) ? automatic(image, request, legal.keySet()) : text;
        Transformation transformation = legal.get(name);
        if (transformation != null) {
            return transformation;
        }
        String names = AUTO + ", " + String.join(", ", legal.keySet());
        Optional<Dimension> tooLarge = engine.writableTypes().stream()
                .filter(type -> nameOf(type).equals(name))
                .map(type -> result(image, transformations.apply(type)))
                .findFirst();
        throw tooLarge.map(size -> ApiException.illegalParameter(
                        "format",
                        "legal.format_for_size",
                        names,
                        String.valueOf(size.width),
                        String.valueOf(size.height)))
                .orElseGet(() -> ApiException.illegalParameter("format", "legal.one_of", names));
    }

    private static String nameOf(ImageType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private boolean isRenderable(Image image, Transformation transformation) {
        ImageType format = transformation.format();
        Dimension size = result(image, transformation);
        return Math.max(size.width, size.height) <= Transformation.longestSide(format)
                && (long) size.width * size.height <= engine.mostPixels(format);
    }

    private static Dimension result(Image image, Transformation transformation) {
        return transformation.resultOf(image.content().width(), image.content().height());
    }

    /** WebP for those who say that they know it; otherwise what keeps the transparency that the image may have. */
    private static String automatic(Image image, HttpServletRequest request, Set<String> legal) {
        boolean isJpeg = image.content().type() == ImageType.JPEG;
        return Stream.of(ImageType.WEBP, ImageType.JPEG)
                .filter(type -> type == ImageType.WEBP ? accepts(request, type) : isJpeg)
                .map(TransformParameters::nameOf)
                .filter(legal::contains)
                .findFirst()
                .orElse(nameOf(ImageType.PNG));
    }

    /** By its name: clients that know nothing but {@code image/*} say that, too. */
    private static boolean accepts(HttpServletRequest request, ImageType type) {
        String accepted = String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        try {
            return MediaType.parseMediaTypes(accepted).stream()
                    .filter(range -> range.getQualityValue() > 0)
                    .anyMatch(range -> (range.getType() + "/" + range.getSubtype()).equals(type.mimeType()));
        } catch (InvalidMediaTypeException | InvalidMimeTypeException e) {
            return false;
        }
    }

    private static OptionalInt number(String name, HttpServletRequest request, int max) {
        String text = request.getParameter(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > max) {
            throw ApiException.illegalParameter(name, "legal.whole_number_between", "1", String.valueOf(max));
        }
        return OptionalInt.of(number);
    }

    private boolean isSigned(HttpServletRequest request) {
        @Nullable String given = request.getParameter(SIGNATURE);
        if (given == null || settings.key().isEmpty()) {
            return false;
        }
        String signed = request.getServletPath() + "?"
                + NAMES.stream()
                        .filter(name -> request.getParameter(name) != null)
                        .map(name -> name + "=" + request.getParameter(name))
                        .collect(Collectors.joining("&"));
        byte[] right = signature(settings.key().get(), signed).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(right, given.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC-SHA256 (RFC 2104) in the alphabet of addresses, without padding (RFC 4648, 5). */
    static String signature(String key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] code = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
