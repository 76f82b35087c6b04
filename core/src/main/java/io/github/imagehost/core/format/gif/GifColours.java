package io.github.imagehost.core.format.gif;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;
import java.util.Arrays;

/** A colour table of a GIF (GIF89a specification, 19 and 21). Immutable. */
final class GifColours {

    /** The table of a GIF that has none. */
    static final GifColours NONE = new GifColours(blackOnly());

    private static final int IS_THERE = 0x80;
    private static final int BITS = 7;
    private static final int MOST = 256;
    private static final int OPAQUE_BLACK = 0xff000000;

    private final int[] colours;

    private GifColours(int[] colours) {
        this.colours = colours;
    }

    private static int[] blackOnly() {
        int[] colours = new int[MOST];
        Arrays.fill(colours, OPAQUE_BLACK);
        return colours;
    }

    /** How many colours come in a table, of which these flags tell. */
    private static int count(int flags) {
        return (flags & IS_THERE) == 0 ? 0 : 2 << (flags & BITS);
    }

    static void skip(FormatInput in, int flags) throws IOException, MalformedImageException {
        in.skip(3L * count(flags));
    }

    /** Reads a table, or answers another one if there is none. */
    static GifColours read(FormatInput in, int flags, GifColours instead) throws IOException, MalformedImageException {
        if (count(flags) == 0) {
            return instead;
        }
        int[] colours = blackOnly();
        for (int i = 0; i < count(flags); i++) {
            colours[i] = OPAQUE_BLACK | (int) in.bigEndian(3);
        }
        return new GifColours(colours);
    }

    GifColours withTransparent(int index) {
        int[] copy = colours.clone();
        copy[index] = 0;
        return new GifColours(copy);
    }

    int colour(int index) {
        return colours[index];
    }
}
