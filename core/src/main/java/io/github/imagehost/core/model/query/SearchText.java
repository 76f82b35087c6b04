package io.github.imagehost.core.model.query;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.NameFolding;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody looks for. It finds the images that have it anywhere in their original name, compared
 * {@link NameFolding folded}, where every character is taken literally and the empty text is in every name; and also
 * the image that it names: by the SHA-256 of the bytes as they were uploaded, by the name in its link, or by a link to
 * it, wherever the host was then.
 *
 * @param value any text
 */
public record SearchText(String value) {

    /** Finds everything. */
    public static final SearchText NONE = new SearchText("");

    private static final Pattern SHA_256 = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern BEHIND_THE_PATH = Pattern.compile("(/thumb)?([?#].*)?$", Pattern.DOTALL);
    private static final Pattern LINK_NAME = Pattern.compile("[!-~&&[^/]]{1,200}");

    /** Whether it finds everything. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** The digest, if the text is one in hexadecimal digits; empty if it is not. */
    public Optional<Digest> digest() {
        return Optional.of(value)
                .filter(text -> SHA_256.matcher(text).matches())
                .map(text -> Digest.parse(text.toLowerCase(Locale.ROOT)));
    }

    /** The last part of the path of the link that it is, or itself; empty if that is in no link. */
    public Optional<String> linkName() {
        String path = BEHIND_THE_PATH.matcher(value.strip()).replaceFirst("");
        return Optional.of(path.substring(path.lastIndexOf('/') + 1))
                .filter(name -> LINK_NAME.matcher(name).matches());
    }
}
