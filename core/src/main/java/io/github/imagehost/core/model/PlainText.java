package io.github.imagehost.core.model;

import com.google.common.base.CharMatcher;
import java.text.Normalizer;
import java.util.Optional;

/** Text of one line that people write and read: what may be in it, and how it is kept. */
public final class PlainText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private PlainText() {}

    /**
     * Whether a character may be shown among others: no control character, no broken surrogate, and no mark that
     * reorders text, which makes one word look like another.
     */
    public static boolean isLegal(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            // later versions of Unicode assign most of these, but not the noncharacters
            case Character.UNASSIGNED -> !isNoncharacter(codePoint);
            case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }

    private static boolean isNoncharacter(int codePoint) {
        return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
    }

    /**
     * The text in Unicode normalization form C, with one blank where there was white space inside, and none at its
     * ends.
     *
     * @param longest how many characters (code points) it may have then
     * @return empty if nothing is left, if it is longer, or if a character in it is not legal
     */
    public static Optional<String> tidied(String text, int longest) {
        String tidy =
                Normalizer.normalize(CharMatcher.whitespace().trimAndCollapseFrom(text, ' '), Normalizer.Form.NFC);
        boolean isGood = !tidy.isEmpty()
                && tidy.codePointCount(0, tidy.length()) <= longest
                && tidy.codePoints().allMatch(PlainText::isLegal);
        return isGood ? Optional.of(tidy) : Optional.empty();
    }
}
