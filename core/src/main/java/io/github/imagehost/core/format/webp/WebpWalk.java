package io.github.imagehost.core.format.webp;

import io.github.imagehost.core.format.Budget;
import io.github.imagehost.core.format.ColourProfile;
import io.github.imagehost.core.format.Colours;
import io.github.imagehost.core.format.Exif;
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
import java.util.List;
import java.util.Optional;

/**
 * Walks through the chunks of a WebP (RFC 9649, 2) behind its first twelve bytes. Its header is written anew, since it
 * says how long everything is and which metadata there is.
 */
public final class WebpWalk {

    private static final int VP8X = FormatInput.fourCc("VP8X");
    private static final int ALPH = FormatInput.fourCc("ALPH");
    private static final int ANIM = FormatInput.fourCc("ANIM");
    private static final int ANMF = FormatInput.fourCc("ANMF");
    private static final int ICCP = FormatInput.fourCc("ICCP");
    private static final int EXIF = FormatInput.fourCc("EXIF");
    private static final int XMP = FormatInput.fourCc("XMP ");

    private static final String EXIF_PREFIX = "Exif\0\0";
    private static final int RIFF_HEADER_LENGTH = 12;
    private static final int CHUNK_HEADER_LENGTH = 8;
    private static final int CANVAS_LENGTH = 10;
    private static final int FRAME_HEADER_LENGTH = 16;
    private static final int HAS_PROFILE = 1 << 5;
    private static final int HAS_EXIF = 1 << 3;
    private static final int HAS_XMP = 1 << 2;
    private static final int IS_ANIMATED = 1 << 1;

    /** Browsers turn no WebP, whatever its Exif says. */
    private static final int UPRIGHT = 1;

    private final FormatInput in;
    private final Budget budget;
    private final MetadataPolicy policy;
    private final boolean isBare;
    private final long end;
    private final Rewrite.Builder chunks = new Rewrite.Builder();
    private boolean isExtended;
    private int flags;
    private byte[] canvas = new byte[0];
    private int width;
    private int height;
    private boolean hasPixels;
    private boolean isLossless;
    private boolean firstIsLossy;
    private boolean firstIsLossless;
    private boolean firstHasEnded;
    private int firstLeft;
    private int firstTop;
    private Optional<ColourProfile> profile = Optional.empty();
    private boolean isAltered;
    private int keptMetadata;
    private boolean hasExif;

    /** @param length how many bytes follow the first eight, as the file says */
    public WebpWalk(FormatInput in, Budget budget, MetadataPolicy policy, long length) {
        this(in, budget, policy, length, false);
    }

    /** @param isBare whether not even that stays which stays with any policy: the orientation and the colour profile */
    WebpWalk(FormatInput in, Budget budget, MetadataPolicy policy, long length, boolean isBare) {
        this.in = in;
        this.budget = budget;
        this.policy = policy;
        this.isBare = isBare;
        this.end = CHUNK_HEADER_LENGTH + length;
    }

    /**
     * Walks through the file to its end.
     *
     * @throws MalformedImageException if it breaks the rules of the format, or lacks its end
     * @throws ImageLimitException if it is larger than the budget
     * @throws IOException if it can't be read
     */
    public WalkedImage walk() throws IOException, MalformedImageException, ImageLimitException {
        if (end > in.size()) {
            throw MalformedImageException.truncated();
        }
        while (in.position() < end) {
            walkChunk();
        }
        if (!hasPixels || in.position() > in.size()) {
            throw MalformedImageException.malformed("The WebP has no pixels");
        }
        return new WalkedImage(
                ImageType.WEBP,
                width,
                height,
                budget.frames(),
                UPRIGHT,
                in.position(),
                rewrite(),
                1,
                isLossless,
                new FirstFrame(firstLeft, firstTop, codingOfFirst()),
                new Colours(Colours.RGB, profile));
    }

    private Rewrite rewrite() throws MalformedImageException {
        Rewrite.Builder original = new Rewrite.Builder();
        original.copy(0, in.position());
        int newFlags = (flags & ~(HAS_PROFILE | HAS_EXIF | HAS_XMP)) | keptMetadata;
        int headerLength = RIFF_HEADER_LENGTH + (isExtended ? CHUNK_HEADER_LENGTH + CANVAS_LENGTH : 0);
        if (!isAltered && newFlags == flags && in.position() == end) {
            return original.build(in.size());
        }
        ByteBuffer header = ByteBuffer.allocate(headerLength).order(ByteOrder.LITTLE_ENDIAN);
        header.put(Metadata.ascii("RIFF"))
                .putInt((int) (headerLength - CHUNK_HEADER_LENGTH + chunks.size()))
                .put(Metadata.ascii("WEBP"));
        if (isExtended) {
            canvas[0] = (byte) newFlags;
            header.put(Metadata.ascii("VP8X")).putInt(CANVAS_LENGTH).put(canvas);
        }
        Rewrite.Builder rewrite = new Rewrite.Builder();
        rewrite.insert(header.array());
        rewrite.append(chunks);
        return rewrite.build(in.size());
    }

    private void walkChunk() throws IOException, MalformedImageException, ImageLimitException {
        long start = in.position();
        int type = in.fourCc();
        long length = in.littleEndian(4);
        boolean isFirst = start == RIFF_HEADER_LENGTH;
        if (in.position() + length > end) {
            throw MalformedImageException.truncated();
        }
        if (isFirst ? !WebpBitstream.is(type) && type != VP8X : type == VP8X) {
            throw MalformedImageException.malformed("The WebP does not begin with its header");
        }
        boolean stays = true;
        if (type == VP8X) {
            readCanvas(length);
            stays = false;
        } else if (WebpBitstream.is(type)) {
            walkStill(type, length);
        } else if (type == ANMF) {
            walkFrame(length);
        } else if (type == ALPH) {
            noteCoding(true);
            in.skip(length);
        } else {
            budget.metadata(length);
            stays = walkMetadata(type, in.bytes((int) length));
        }
        // the last chunk of a file is often not filled up to an even length, but browsers want it to be
        long filling = Math.min(length % 2, in.size() - in.position());
        in.skip(filling);
        if (stays) {
            chunks.copy(start, in.position());
            if (filling < length % 2) {
                chunks.insert(new byte[1]);
                isAltered = true;
            }
        } else {
            isAltered |= type != VP8X;
        }
    }

    private void readCanvas(long length) throws IOException, MalformedImageException, ImageLimitException {
        if (length != CANVAS_LENGTH) {
            throw MalformedImageException.malformed("The header of the WebP is not legal");
        }
        isExtended = true;
        canvas = in.bytes(CANVAS_LENGTH);
        flags = canvas[0] & 0xff;
        width = sizeAt(4);
        height = sizeAt(7);
        budget.canvas(width, height);
    }

    private int sizeAt(int offset) {
        return 1 + ((canvas[offset] & 0xff) | (canvas[offset + 1] & 0xff) << 8 | (canvas[offset + 2] & 0xff) << 16);
    }

    private void walkStill(int type, long length) throws IOException, MalformedImageException, ImageLimitException {
        if (hasPixels || (flags & IS_ANIMATED) != 0) {
            throw MalformedImageException.malformed("The WebP has two pictures");
        }
        WebpBitstream picture = walkBitstream(type, length);
        if (!isExtended) {
            width = picture.width();
            height = picture.height();
            budget.canvas(width, height);
        } else if (!picture.hasSize(width, height)) {
            throw MalformedImageException.malformed("The picture in the WebP is not as large as its canvas");
        }
        budget.frame(width, height);
        hasPixels = true;
    }

    private void walkFrame(long length) throws IOException, MalformedImageException, ImageLimitException {
        if ((flags & IS_ANIMATED) == 0 || length < FRAME_HEADER_LENGTH) {
            throw MalformedImageException.malformed("The WebP has a frame that belongs to no animation");
        }
        long frameEnd = in.position() + length;
        int left = 2 * (int) in.littleEndian(3);
        int top = 2 * (int) in.littleEndian(3);
        int frameWidth = 1 + (int) in.littleEndian(3);
        int frameHeight = 1 + (int) in.littleEndian(3);
        in.skip(4);
        if (left + frameWidth > width || top + frameHeight > height) {
            throw MalformedImageException.malformed("The WebP has a frame outside its canvas");
        }
        budget.frame(frameWidth, frameHeight);
        if (!firstHasEnded) {
            firstLeft = left;
            firstTop = top;
        }
        boolean frameHasPixels = false;
        while (in.position() < frameEnd) {
            int type = in.fourCc();
            long partLength = in.littleEndian(4);
            if (in.position() + partLength + partLength % 2 > frameEnd) {
                throw MalformedImageException.truncated();
            }
            if (WebpBitstream.is(type)) {
                WebpBitstream picture = walkBitstream(type, partLength);
                if (frameHasPixels || !picture.hasSize(frameWidth, frameHeight)) {
                    throw MalformedImageException.malformed("A frame of the WebP is not as large as it says");
                }
                frameHasPixels = true;
            } else {
                if (type == ALPH) {
                    noteCoding(true);
                }
                in.skip(partLength);
            }
            in.skip(partLength % 2);
        }
        if (!frameHasPixels) {
            throw MalformedImageException.malformed("The WebP has a frame without pixels");
        }
        hasPixels = true;
        firstHasEnded = true;
    }

    private WebpBitstream walkBitstream(int type, long length) throws IOException, MalformedImageException {
        WebpBitstream picture = WebpBitstream.walk(in, type, length);
        noteCoding(picture.isLossless());
        return picture;
    }

    /** Alpha is coded without loss, or like it. */
    private void noteCoding(boolean withoutLoss) {
        isLossless |= withoutLoss;
        if (!firstHasEnded) {
            firstIsLossless |= withoutLoss;
            firstIsLossy |= !withoutLoss;
        }
    }

    private Coding codingOfFirst() {
        if (!firstIsLossy) {
            return Coding.WHOLE;
        }
        return firstIsLossless ? Coding.WHOLE_AND_ALPHA : Coding.ROWS;
    }

    private boolean walkMetadata(int type, byte[] data) {
        if (isBare) {
            return type == ANIM;
        }
        if (type == EXIF) {
            return walkExif(data);
        }
        if (type == ICCP) {
            return walkProfile(data);
        }
        boolean stays =
                isExtended && policy.keeps(type == ANIM, () -> type == XMP && Metadata.isXmpWithoutLocation(data));
        keptMetadata |= stays && type == XMP ? HAS_XMP : 0;
        return stays;
    }

    /** Browsers ignore what is no profile, but other decoders refuse the whole picture then. */
    private boolean walkProfile(byte[] data) {
        boolean stays = isExtended && Metadata.isColourProfile(data);
        keptMetadata |= stays ? HAS_PROFILE : 0;
        if (stays && !hasPixels && !isLossless) {
            profile = Optional.of(
                    ColourProfile.in(List.of(new ColourProfile.Part(in.position() - data.length, in.position()))));
        }
        return stays;
    }

    /** Only the first block stays, and none without a header that announces it. */
    private boolean walkExif(byte[] data) {
        if (!isExtended) {
            return false;
        }
        byte[] block = Metadata.startsWith(data, EXIF_PREFIX) ? Metadata.after(data, EXIF_PREFIX) : data;
        boolean isFirst = !hasExif;
        hasExif = true;
        Optional<byte[]> cleaned = isFirst ? Exif.cleaned(block, policy) : Optional.empty();
        keptMetadata |= policy == MetadataPolicy.KEEP || cleaned.isPresent() ? HAS_EXIF : 0;
        if (policy != MetadataPolicy.KEEP) {
            cleaned.ifPresent(kept -> chunks.insert(chunk(EXIF, kept)));
        }
        return policy == MetadataPolicy.KEEP;
    }

    private static byte[] chunk(int type, byte[] data) {
        return ByteBuffer.allocate(CHUNK_HEADER_LENGTH + data.length + data.length % 2)
                .putInt(type)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(data.length)
                .put(data)
                .array();
    }
}
