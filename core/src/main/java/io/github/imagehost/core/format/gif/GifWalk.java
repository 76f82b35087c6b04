package io.github.imagehost.core.format.gif;

import io.github.imagehost.core.format.Budget;
import io.github.imagehost.core.format.Colours;
import io.github.imagehost.core.format.Ending;
import io.github.imagehost.core.format.FirstFrame;
import io.github.imagehost.core.format.FirstFrame.Coding;
import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.Metadata;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.Rewrite;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.model.ImageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Walks through the blocks of a GIF (GIF89a specification) behind the first four bytes of its signature. */
public final class GifWalk {

    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int PLAIN_TEXT = 0x01;
    private static final int COMMENT = 0xfe;
    private static final int APPLICATION = 0xff;

    private static final String XMP = "XMP DataXMP";
    /** How often the animation repeats, in the two forms that are in use, and the colour profile. */
    private static final Set<String> LOOKS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012");

    /** Where its width and height stand. */
    private static final int SCREEN = 6;

    private static final int SIDE_LENGTH = 2;
    /** The specification says 2, but that is not what all programs write for two colours. */
    private static final int FEWEST_BITS = 1;

    /** The specification says 8, but decoders take what still leaves room for a code of 12 bits. */
    static final int MOST_BITS = 11;

    private static final int END_OF_FILE = -1;

    /** The frame of one pixel that trackers send has no codes, and browsers show nothing there: a transparent one. */
    private static final byte[] TRANSPARENCY = {EXTENSION, (byte) GRAPHIC_CONTROL, 4, 1, 0, 0, 0, 0};

    private static final byte[] CODES_OF_ONE_PIXEL = {2, 2, 0x44, 1, 0};

    private final FormatInput in;
    private final Budget budget;
    private final MetadataPolicy policy;
    private final Ending ending;
    private final Rewrite.Builder rewrite = new Rewrite.Builder();
    private int width;
    private int height;
    private boolean isInFrame;

    /** @param in behind the signature */
    public GifWalk(FormatInput in, Budget budget, MetadataPolicy policy, Ending ending) {
        this.in = in;
        this.budget = budget;
        this.policy = policy;
        this.ending = ending;
    }

    /**
     * Walks through the file to its end.
     *
     * @throws MalformedImageException if it breaks the rules of the format, or lacks its end
     * @throws ImageLimitException if it is larger than the budget
     * @throws IOException if it can't be read
     */
    public WalkedImage walk() throws IOException, MalformedImageException, ImageLimitException {
        int version = in.read();
        if ((version != '7' && version != '9') || in.read() != 'a') {
            throw MalformedImageException.malformed("The GIF is of no known version");
        }
        width = (int) in.littleEndian(2);
        height = (int) in.littleEndian(2);
        if (width == 0 || height == 0) {
            throw MalformedImageException.malformed("The GIF has no pixels");
        }
        budget.canvas(width, height);
        int flags = in.read();
        in.skip(2);
        GifColours.skip(in, flags);
        rewrite.copy(0, in.position());
        long end = walkBlocks();
        if (budget.frames() == 0) {
            throw MalformedImageException.malformed("The GIF has no pixels");
        }
        rewrite.replaceForDecoders(SCREEN, SCREEN + 2 * SIDE_LENGTH, screen());
        return new WalkedImage(
                ImageType.GIF,
                width,
                height,
                budget.frames(),
                1,
                end,
                rewrite.build(in.size()),
                1,
                false,
                FirstFrame.atOrigin(Coding.WHOLE),
                new Colours(Colours.RGB, Optional.empty()));
    }

    /** As large as the canvas: others than browsers ignore that the first frame enlarges it. */
    private byte[] screen() {
        return ByteBuffer.allocate(2 * SIDE_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) width)
                .putShort((short) height)
                .array();
    }

    /** Answers where the picture ends in the file. */
    private long walkBlocks() throws IOException, MalformedImageException, ImageLimitException {
        while (true) {
            long start = in.position();
            try {
                int block = nextBlock();
                if (block == TRAILER) {
                    rewrite.copy(in.position() - 1, in.position());
                    return in.position();
                }
                walkBlock(block);
            } catch (MalformedImageException e) {
                boolean mayEnd = ending == Ending.SUPPLIED && !isInFrame && budget.frames() > 0;
                if (!mayEnd || e.defect() != MalformedImageException.Defect.TRUNCATED) {
                    throw e;
                }
                rewrite.insert(new byte[] {TRAILER});
                return start;
            }
        }
    }

    /** Old programs write too many of the zeros that end a block; they go. */
    private int nextBlock() throws IOException, MalformedImageException, ImageLimitException {
        int block = in.read();
        while (block == 0) {
            budget.metadata(1);
            block = in.read();
        }
        return block;
    }

    private void walkBlock(int block) throws IOException, MalformedImageException, ImageLimitException {
        long start = in.position() - 1;
        if (block == IMAGE) {
            isInFrame = true;
            walkImage(start);
            isInFrame = false;
        } else if (block != EXTENSION) {
            // browsers end here, whatever comes instead of a block
            throw ending == Ending.SUPPLIED
                    ? MalformedImageException.truncated()
                    : MalformedImageException.malformed("The GIF has a block of an unknown kind");
        } else if (walkExtension()) {
            rewrite.copy(start, in.position());
        }
    }

    private void walkImage(long start) throws IOException, MalformedImageException, ImageLimitException {
        int left = (int) in.littleEndian(2);
        int top = (int) in.littleEndian(2);
        int frameWidth = (int) in.littleEndian(2);
        int frameHeight = (int) in.littleEndian(2);
        if (frameWidth == 0 || frameHeight == 0) {
            throw MalformedImageException.malformed("The GIF has a frame without pixels");
        }
        if (budget.frames() == 0) {
            // as browsers do: a first frame that reaches out of the screen enlarges it, later ones are cut
            width = Math.max(width, left + frameWidth);
            height = Math.max(height, top + frameHeight);
            budget.canvas(width, height);
        }
        budget.frame(frameWidth, frameHeight);
        GifColours.skip(in, in.read());
        if (ending == Ending.REQUIRED) {
            skipCodes();
            rewrite.copy(start, in.position());
        } else {
            readCodes(start, width == 1 && height == 1);
        }
    }

    /** The file may end in the codes: whether all pixels are in those that are there, {@link GifPixels} finds out. */
    private void readCodes(long start, boolean isOnlyPixel) throws IOException, MalformedImageException {
        long startOfCodes = in.position();
        if (!in.isAtEnd()) {
            bitsOfACode();
        }
        int length = nextLength();
        if (length <= 0 && isOnlyPixel) {
            rewrite.insert(TRANSPARENCY);
            rewrite.copy(start, startOfCodes);
            rewrite.insert(CODES_OF_ONE_PIXEL);
            return;
        }
        if (length <= 0 || in.isAtEnd()) {
            throw MalformedImageException.truncated();
        }
        long copied = start;
        while (length > 0) {
            long startOfPart = in.position();
            int there = (int) Math.min(length, in.size() - startOfPart);
            in.skip(there);
            if (there < length) {
                rewrite.copy(copied, startOfPart - 1);
                if (there > 0) {
                    rewrite.insert(new byte[] {(byte) there});
                }
                copied = startOfPart;
            }
            length = nextLength();
        }
        rewrite.copy(copied, in.position());
        if (length == END_OF_FILE) {
            rewrite.insert(new byte[1]);
        }
    }

    private int nextLength() throws IOException, MalformedImageException {
        return in.isAtEnd() ? END_OF_FILE : in.read();
    }

    private int bitsOfACode() throws IOException, MalformedImageException {
        int bits = in.read();
        if (bits < FEWEST_BITS || bits > MOST_BITS) {
            throw MalformedImageException.malformed("The GIF has a frame with codes of " + bits + " bits");
        }
        return bits;
    }

    private void skipCodes() throws IOException, MalformedImageException {
        bitsOfACode();
        int length = in.read();
        if (length == 0) {
            throw MalformedImageException.malformed("The GIF has a frame without pixels");
        }
        while (length > 0) {
            in.skip(length);
            length = in.read();
        }
    }

    /** Whether it stays. */
    private boolean walkExtension() throws IOException, MalformedImageException, ImageLimitException {
        int label = in.read();
        int length = in.read();
        byte[] name = in.bytes(length);
        StringBuilder text = new StringBuilder();
        boolean isXmp = label == APPLICATION && nameOf(name).equals(XMP);
        for (int part = length == 0 ? 0 : in.read(); part > 0; part = in.read()) {
            budget.metadata(part + 1L);
            byte[] bytes = in.bytes(part);
            if (isXmp) {
                // the lengths of its parts are characters of its text
                text.append((char) part).append(nameOf(bytes));
            }
        }
        return stays(label, nameOf(name), text.toString());
    }

    private boolean stays(int label, String name, String text) {
        boolean decidesHowPixelsLook =
                label == GRAPHIC_CONTROL || label == PLAIN_TEXT || (label == APPLICATION && LOOKS.contains(name));
        return policy.keeps(
                decidesHowPixelsLook,
                () -> label == COMMENT
                        || (label == APPLICATION
                                && name.equals(XMP)
                                && Metadata.isXmpWithoutLocation(text.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static String nameOf(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
