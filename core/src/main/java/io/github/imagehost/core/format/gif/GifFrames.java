package io.github.imagehost.core.format.gif;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import java.io.IOException;
import java.util.Optional;

/**
 * The frames of a GIF (GIF89a specification) whose structure was found sound by {@link GifWalk}, one after the other,
 * without their pixels being decoded. For one thread.
 */
public final class GifFrames {

    private static final int SIGNATURE_AND_SIZE_LENGTH = 10;
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int GRAPHIC_CONTROL_LENGTH = 4;

    private static final int IS_INTERLACED = 0x40;
    private static final int NO_COLOUR = -1;

    private final FormatInput in;
    private final LzwStrings strings;
    private final GifColours globalColours;
    private int transparentIndex = NO_COLOUR;

    private GifFrames(FormatInput in) throws IOException, MalformedImageException {
        this.in = in;
        strings = new LzwStrings(in);
        in.skip(SIGNATURE_AND_SIZE_LENGTH);
        int flags = in.read();
        in.skip(2);
        globalColours = GifColours.read(in, flags, GifColours.NONE);
    }

    /**
     * The frames of a file.
     *
     * @throws MalformedImageException if it ends before the frames begin
     * @throws IOException if it can't be read
     */
    public static GifFrames of(PositionalSource file) throws IOException, MalformedImageException {
        return new GifFrames(new FormatInput(file));
    }

    /**
     * Goes on to the next frame, over whatever was not read of the one before.
     *
     * @return empty at the end of the picture
     * @throws MalformedImageException if the file ends before the picture does, or something is in it that is no frame
     * @throws IOException if it can't be read
     */
    public Optional<GifFrame> next() throws IOException, MalformedImageException {
        strings.skipRest();
        while (true) {
            int block = in.read();
            switch (block) {
                case TRAILER -> {
                    return Optional.empty();
                }
                case IMAGE -> {
                    return Optional.of(readFrame());
                }
                case EXTENSION -> readExtension();
                case 0 -> {
                    // too many of the zeros that end a block
                }
                default -> throw MalformedImageException.malformed("The GIF has a block of an unknown kind");
            }
        }
    }

    private GifFrame readFrame() throws IOException, MalformedImageException {
        int left = (int) in.littleEndian(2);
        int top = (int) in.littleEndian(2);
        int width = (int) in.littleEndian(2);
        int height = (int) in.littleEndian(2);
        int flags = in.read();
        GifColours colours = GifColours.read(in, flags, globalColours);
        if (transparentIndex != NO_COLOUR) {
            colours = colours.withTransparent(transparentIndex);
            transparentIndex = NO_COLOUR;
        }
        int bits = in.read();
        if (width == 0 || height == 0 || bits == 0 || bits > GifWalk.MOST_BITS) {
            throw MalformedImageException.malformed("The GIF has a frame that can't be decoded");
        }
        strings.begin(bits);
        return new GifFrame(left, top, width, height, (flags & IS_INTERLACED) != 0, colours, strings);
    }

    private void readExtension() throws IOException, MalformedImageException {
        int label = in.read();
        int length = in.read();
        if (label == GRAPHIC_CONTROL && length == GRAPHIC_CONTROL_LENGTH) {
            boolean isTransparent = (in.read() & 1) != 0;
            in.skip(2);
            int index = in.read();
            transparentIndex = isTransparent ? index : NO_COLOUR;
            length = in.read();
        }
        while (length > 0) {
            in.skip(length);
            length = in.read();
        }
    }
}
