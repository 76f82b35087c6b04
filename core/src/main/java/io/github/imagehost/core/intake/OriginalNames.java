package io.github.imagehost.core.intake;

import com.google.common.base.CharMatcher;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.PlainText;
import java.text.Normalizer;

/** Makes what uploaders call their files fit to be kept and shown. */
public final class OriginalNames {

    /** The longest name there can be, in UTF-16 code units. */
    public static final int MAX_LENGTH = 255;

    private static final int MAX_EXTENSION_LENGTH = 20;
    private static final CharMatcher PATH_SEPARATOR = CharMatcher.anyOf("/\\");

    private OriginalNames() {}

    /**
     * The name without path, control characters and broken surrogates, in Unicode normalization form C, shortened to
     * {@value #MAX_LENGTH} characters with its extension kept.
     *
     * @param name any text
     * @return empty if nothing is left
     */
    public static String clean(String name) {
        String file = name.substring(PATH_SEPARATOR.lastIndexIn(name) + 1);
        StringBuilder legal = new StringBuilder(file.length());
        file.codePoints().filter(PlainText::isLegal).forEach(legal::appendCodePoint);
        String cleaned = CharMatcher.whitespace().trimFrom(Normalizer.normalize(legal, Normalizer.Form.NFC));
        boolean namesNothing = cleaned.equals(".") || cleaned.equals("..");
        return namesNothing ? "" : shorten(cleaned);
    }

    /** The cleaned name, or a name of the type if nothing is left. */
    static String clean(String name, ImageType type) {
        String cleaned = clean(name);
        return cleaned.isEmpty() ? "image." + type.extension() : cleaned;
    }

    private static String shorten(String name) {
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot >= 0 && name.length() - dot <= MAX_EXTENSION_LENGTH ? name.substring(dot) : "";
        int end = MAX_LENGTH - extension.length();
        if (Character.isHighSurrogate(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end) + extension;
    }
}
