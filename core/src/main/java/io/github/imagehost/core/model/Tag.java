package io.github.imagehost.core.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A word, or a few, that an owner gives to images. Tags that differ in upper and lower case only are the same: each is
 * kept {@linkplain NameFolding folded}.
 *
 * @param value 1 to {@value #LONGEST} characters, folded, without commas, control characters and blanks at its ends
 */
public record Tag(String value) implements Comparable<Tag> {

    /** How many characters (code points) a tag may have. */
    public static final int LONGEST = 100;

    /** How many tags an image may have. */
    public static final int MOST_OF_AN_IMAGE = 20;

    /** What is legal, for messages. */
    public static final String RULE = "1 to " + LONGEST + " characters, none of them a comma or a control character";

    private static final String SEPARATOR = ",";

    public Tag {
        if (!value.equals(folded(value))) {
            throw new IllegalArgumentException("'" + value + "' is not folded");
        }
    }

    /**
     * The tag as somebody wrote it, in upper or lower case.
     *
     * @throws IllegalArgumentException if it is not legal
     */
    public static Tag of(String text) {
        return new Tag(folded(text));
    }

    /**
     * The tags in a text that has commas between them.
     *
     * @return without the empty ones
     * @throws IllegalArgumentException if one of them is not legal
     */
    public static SortedSet<Tag> listIn(String text) {
        return of(Arrays.stream(text.split(SEPARATOR, -1))
                .filter(part -> !part.isBlank())
                .toList());
    }

    /**
     * The tags as somebody wrote them, each once.
     *
     * @throws IllegalArgumentException if one of them is not legal
     */
    public static SortedSet<Tag> of(Collection<String> texts) {
        SortedSet<Tag> tags = new TreeSet<>();
        texts.forEach(text -> tags.add(of(text)));
        return tags;
    }

    private static String folded(String text) {
        return PlainText.tidied(text, LONGEST)
                .map(NameFolding::fold)
                .filter(folded -> !folded.contains(SEPARATOR))
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no tag: legal are " + RULE));
    }

    /** In the order of code points. */
    @Override
    public int compareTo(Tag other) {
        return Arrays.compare(
                value.codePoints().toArray(), other.value.codePoints().toArray());
    }

    @Override
    public String toString() {
        return value;
    }
}
