package io.github.imagehost.core.model;

import java.text.Normalizer;

/**
 * How names are compared without regard to case: by the same rule in every repository, whatever the database's
 * collations are. Each code point goes through Unicode's simple case mappings, so that folding never makes a name
 * longer.
 */
public final class NameFolding {

    private NameFolding() {}

    /** The text in Unicode normalization form C with all case differences removed. */
    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
