package io.github.imagehost.rest.delivery;

import com.google.common.base.Utf8;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

/** Whether an image is to be shown or saved, and what it is called then (RFC 6266). */
final class Dispositions {

    /**
     * The longest name that most file systems take. It also keeps all headers together below the 4 KiB that reverse
     * proxies commonly grant them, though a byte of the name may take three characters there, and five in a signed
     * link.
     */
    private static final int MAX_BYTES = 255;

    /** Other extensions of the types, each with the usual one. */
    private static final Map<String, String> SYNONYMS = Map.of("jpeg", "jpg", "jpe", "jpg", "jfif", "jpg");

    private Dispositions() {}

    /** What the request wants of the image as this type: {@code ?download} saves, all else shows. */
    static ContentDisposition of(Image image, ImageType type, HttpServletRequest request) {
        @Nullable String download = request.getParameter("download");
        boolean saves = download != null && !download.equals("0") && !download.equalsIgnoreCase("false");
        return ContentDisposition.builder(saves ? "attachment" : "inline")
                .filename(name(image.originalName(), type), StandardCharsets.UTF_8)
                .build();
    }

    /**
     * The original name with an extension that fits the type: one of another type is replaced, anything else is part of
     * the name.
     */
    private static String name(String original, ImageType type) {
        int dot = original.lastIndexOf('.');
        String found = dot > 0 ? original.substring(dot + 1) : "";
        String usual = usualExtension(found);
        boolean fits = usual.equals(type.extension());
        String stem = isImageExtension(usual) ? original.substring(0, dot) : original;
        String end = "." + (fits ? found : type.extension());
        return shorten(stem, MAX_BYTES - end.length()) + end;
    }

    private static String usualExtension(String extension) {
        String lowerCase = extension.toLowerCase(Locale.ROOT);
        return SYNONYMS.getOrDefault(lowerCase, lowerCase);
    }

    private static boolean isImageExtension(String usual) {
        return Arrays.stream(ImageType.values())
                .anyMatch(type -> type.extension().equals(usual));
    }

    private static String shorten(String text, int maxBytes) {
        String shortened = text;
        while (Utf8.encodedLength(shortened) > maxBytes) {
            shortened = shortened.substring(0, shortened.offsetByCodePoints(shortened.length(), -1));
        }
        return shortened;
    }
}
