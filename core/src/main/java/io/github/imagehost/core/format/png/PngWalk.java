package io.github.imagehost.core.format.png;

import io.github.imagehost.core.format.Budget;
import io.github.imagehost.core.format.Colours;
import io.github.imagehost.core.format.Ending;
import io.github.imagehost.core.format.FirstFrame;
import io.github.imagehost.core.format.FirstFrame.Coding;
import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.Rewrite;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.model.ImageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Walks through the chunks of a PNG or APNG (W3C, PNG third edition, 5) behind the first half of its signature. */
public final class PngWalk {

    private static final int SIGNATURE_END = 0x0d0a1a0a;
    private static final int FRAME_CONTROL_LENGTH = 26;
    private static final int LONGEST_PALETTE = 3 * 256;
    private static final int END_LENGTH = 12;

    private final FormatInput in;
    private final Budget budget;
    private final Ending ending;
    private final PngHeader header;
    private final Rewrite.Builder rewrite = new Rewrite.Builder();
    private final PngMetadata metadata;
    private boolean hasPalette;
    private boolean hasPixels;
    private boolean isInPixels;
    private boolean pixelsEnded;
    private boolean isAnimated;
    private boolean ignoresAnimation;

    private PngWalk(FormatInput in, Budget budget, MetadataPolicy policy, Ending ending, PngHeader header) {
        this.in = in;
        this.budget = budget;
        this.ending = ending;
        this.header = header;
        this.metadata = new PngMetadata(budget, policy, rewrite);
    }

    /**
     * Walks through the file to its end.
     *
     * @throws MalformedImageException if it breaks the rules of the format, or lacks its end
     * @throws ImageLimitException if it is larger than the budget
     * @throws IOException if it can't be read
     */
    public static WalkedImage walk(FormatInput in, Budget budget, MetadataPolicy policy, Ending ending)
            throws IOException, MalformedImageException, ImageLimitException {
        if (in.bigEndian(4) != SIGNATURE_END) {
            throw MalformedImageException.malformed("The PNG was damaged by a transfer as text");
        }
        PngHeader header = PngHeader.read(in);
        budget.canvas(header.width(), header.height());
        return new PngWalk(in, budget, policy, ending, header).walk();
    }

    private WalkedImage walk() throws IOException, MalformedImageException, ImageLimitException {
        rewrite.copy(0, in.position());
        long end = walkChunks();
        if (!hasPixels || (header.needsPalette() && !hasPalette)) {
            throw MalformedImageException.malformed("The PNG has no pixels, or no palette for them");
        }
        return new WalkedImage(
                ImageType.PNG,
                header.width(),
                header.height(),
                Math.max(1, budget.frames()),
                metadata.orientation(),
                end,
                rewrite.build(in.size()),
                1,
                false,
                FirstFrame.atOrigin(Coding.ROWS),
                new Colours(header.colours(), metadata.profile()));
    }

    /** Answers where the picture ends in the file. */
    private long walkChunks() throws IOException, MalformedImageException, ImageLimitException {
        while (true) {
            long start = in.position();
            try {
                if (walkChunk() == PngChunk.IEND) {
                    return in.position();
                }
            } catch (MalformedImageException e) {
                // nothing tells that the last frame of an animation is whole
                boolean mayEnd = ending == Ending.SUPPLIED && hasPixels && !isInPixels && !isAnimated;
                if (!mayEnd || e.defect() != MalformedImageException.Defect.TRUNCATED) {
                    throw e;
                }
                rewrite.insert(PngChunk.of(PngChunk.IEND, new byte[0]));
                return in.size() - start <= END_LENGTH ? in.size() : start;
            }
        }
    }

    private int walkChunk() throws IOException, MalformedImageException, ImageLimitException {
        long start = in.position();
        long length = in.bigEndian(4);
        int type = in.fourCc();
        if (ending == Ending.SUPPLIED && hasPixels) {
            requireChunk(type, length);
        }
        if (length > Integer.MAX_VALUE) {
            throw MalformedImageException.malformed("The PNG has a chunk that is longer than legal");
        }
        if (PngChunk.isPixels(type)) {
            isInPixels = true;
            walkPixels(start, type, length);
            isInPixels = false;
        } else {
            pixelsEnded = hasPixels;
            requireLegalLength(type, length);
            byte[] data = in.bytes((int) length);
            long crc = in.bigEndian(PngChunk.CHECKSUM_LENGTH);
            if (stays(type, data, crc, start + PngChunk.HEADER_LENGTH)) {
                rewrite.copy(start, in.position());
            }
        }
        return type;
    }

    /** Whatever follows the pixels, and is no whole chunk, is an end that was damaged, or comes instead of it. */
    private void requireChunk(int type, long length) throws MalformedImageException {
        boolean isPixels = PngChunk.isPixels(type);
        boolean isWhole = length + PngChunk.CHECKSUM_LENGTH <= in.size() - in.position();
        if (type == PngChunk.IEND || !PngChunk.isType(type) || !(isPixels || isWhole)) {
            throw MalformedImageException.truncated();
        }
    }

    /** Browsers show a picture whose metadata is damaged, but without that. */
    private boolean stays(int type, byte[] data, long crc, long start)
            throws MalformedImageException, ImageLimitException {
        boolean isMetadata = PngChunk.isAncillary(type) && type != PngChunk.ACTL && type != PngChunk.FCTL;
        try {
            PngChunk.requireCrc(type, data, crc);
            return walkData(type, data, start);
        } catch (MalformedImageException e) {
            if (isMetadata) {
                return false;
            }
            throw e;
        }
    }

    /** To be called before as many bytes are read into memory. */
    private void requireLegalLength(int type, long length) throws MalformedImageException, ImageLimitException {
        boolean isLegal = true;
        if (type == PngChunk.PLTE) {
            isLegal = length > 0 && length <= LONGEST_PALETTE && length % 3 == 0;
        } else if (type == PngChunk.IEND) {
            isLegal = length == 0;
        } else if (type == PngChunk.FCTL) {
            isLegal = length == FRAME_CONTROL_LENGTH;
        } else {
            budget.metadata(length);
        }
        if (!isLegal) {
            throw MalformedImageException.malformed("The PNG has a chunk that is not as long as legal");
        }
    }

    private void walkPixels(long start, int type, long length)
            throws IOException, MalformedImageException, ImageLimitException {
        if (type == PngChunk.IDAT && pixelsEnded) {
            throw MalformedImageException.malformed("The pixels of the PNG are in two places");
        }
        pixelsEnded |= type == PngChunk.FDAT && hasPixels;
        if (type == PngChunk.IDAT && !hasPixels) {
            hasPixels = true;
            if (!isAnimated) {
                budget.frame(header.width(), header.height());
            }
        }
        long left = in.size() - in.position();
        boolean lacksChecksum = ending == Ending.SUPPLIED && length <= left && left < length + PngChunk.CHECKSUM_LENGTH;
        if (type == PngChunk.IDAT && lacksChecksum) {
            CRC32 crc = PngChunk.beginCrc(type);
            for (long i = 0; i < length; i++) {
                crc.update(in.read());
            }
            rewrite.copy(start, in.position());
            rewrite.insert(PngChunk.bytes((int) crc.getValue()));
            in.skip(left - length);
        } else {
            in.skip(length + PngChunk.CHECKSUM_LENGTH);
            if (type == PngChunk.IDAT || isAnimated) {
                rewrite.copy(start, in.position());
            }
        }
    }

    /** Whether the chunk stays as it is. */
    private boolean walkData(int type, byte[] data, long start) throws MalformedImageException, ImageLimitException {
        if (type == PngChunk.IEND || type == PngChunk.PLTE) {
            hasPalette |= type == PngChunk.PLTE;
            return true;
        }
        if (type == PngChunk.ACTL) {
            boolean announces = !isAnimated && !ignoresAnimation && !hasPixels;
            isAnimated |= announces;
            return announces;
        }
        if (type == PngChunk.FCTL) {
            // without an announcement, it is a still picture for browsers
            ignoresAnimation |= !isAnimated;
            if (isAnimated) {
                readFrameControl(data);
            }
            return isAnimated;
        }
        if (!PngChunk.isAncillary(type)) {
            throw MalformedImageException.malformed("The PNG has a chunk that nobody knows but must");
        }
        return metadata.stays(type, data, start, !hasPixels);
    }

    private void readFrameControl(byte[] data) throws MalformedImageException, ImageLimitException {
        ByteBuffer frame = ByteBuffer.wrap(data, 4, 16);
        int frameWidth = frame.getInt();
        int frameHeight = frame.getInt();
        int left = frame.getInt();
        int top = frame.getInt();
        boolean isInside = frameWidth > 0
                && frameHeight > 0
                && left >= 0
                && top >= 0
                && left <= header.width() - frameWidth
                && top <= header.height() - frameHeight;
        if (!isInside) {
            throw MalformedImageException.malformed("The PNG has a frame outside its canvas");
        }
        budget.frame(frameWidth, frameHeight);
    }
}
