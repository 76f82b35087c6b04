package io.github.imagehost.core.format;

import io.github.imagehost.core.model.ImageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Walks through the chunks of a PNG or APNG (W3C, PNG third edition, 5) behind the first half of its signature. */
final class PngWalk {

    private static final int SIGNATURE_END = 0x0d0a1a0a;
    private static final int IHDR = FormatInput.fourCc("IHDR");
    private static final int PLTE = FormatInput.fourCc("PLTE");
    private static final int IDAT = FormatInput.fourCc("IDAT");
    private static final int IEND = FormatInput.fourCc("IEND");
    private static final int ACTL = FormatInput.fourCc("acTL");
    private static final int FCTL = FormatInput.fourCc("fcTL");
    private static final int FDAT = FormatInput.fourCc("fdAT");
    private static final int EXIF = FormatInput.fourCc("eXIf");
    private static final int PROFILE = FormatInput.fourCc("iCCP");
    private static final int TEXT = FormatInput.fourCc("tEXt");
    private static final int COMPRESSED_TEXT = FormatInput.fourCc("zTXt");
    private static final int INTERNATIONAL_TEXT = FormatInput.fourCc("iTXt");
    private static final int TIME = FormatInput.fourCc("tIME");

    /** They decide how pixels look. */
    private static final Set<Integer> LOOKS = Set.of(
            PROFILE,
            FormatInput.fourCc("tRNS"),
            FormatInput.fourCc("cHRM"),
            FormatInput.fourCc("gAMA"),
            FormatInput.fourCc("sBIT"),
            FormatInput.fourCc("sRGB"),
            FormatInput.fourCc("cICP"),
            FormatInput.fourCc("mDCV"),
            FormatInput.fourCc("mDCv"),
            FormatInput.fourCc("cLLI"),
            FormatInput.fourCc("cLLi"),
            FormatInput.fourCc("bKGD"),
            FormatInput.fourCc("hIST"),
            FormatInput.fourCc("pHYs"),
            FormatInput.fourCc("sPLT"));

    private static final int HEADER_LENGTH = 13;
    private static final int FRAME_CONTROL_LENGTH = 26;
    private static final int LONGEST_PALETTE = 3 * 256;
    private static final int CHECKSUM_LENGTH = 4;
    private static final int END_LENGTH = 12;
    private static final int ANCILLARY = 0x20000000;
    private static final int LONGEST_KEYWORD = 79;
    private static final String XMP_KEYWORD = "XML:com.adobe.xmp";

    private final FormatInput in;
    private final Budget budget;
    private final MetadataPolicy policy;
    private final Ending ending;
    private final Rewrite.Builder rewrite = new Rewrite.Builder();
    private int width;
    private int height;
    private int colourType;
    private boolean hasPalette;
    private boolean hasPixels;
    private boolean isInPixels;
    private boolean pixelsEnded;
    private boolean isAnimated;
    private boolean ignoresAnimation;
    private Optional<Integer> orientation = Optional.empty();

    PngWalk(FormatInput in, Budget budget, MetadataPolicy policy, Ending ending) {
        this.in = in;
        this.budget = budget;
        this.policy = policy;
        this.ending = ending;
    }

    WalkedImage walk() throws IOException, MalformedImageException, ImageLimitException {
        if (in.bigEndian(4) != SIGNATURE_END) {
            throw MalformedImageException.malformed("The PNG was damaged by a transfer as text");
        }
        rewrite.copy(0, in.position());
        readHeader();
        long end = walkChunks();
        if (!hasPixels || (colourType == 3 && !hasPalette)) {
            throw MalformedImageException.malformed("The PNG has no pixels, or no palette for them");
        }
        return new WalkedImage(
                ImageType.PNG,
                width,
                height,
                Math.max(1, budget.frames()),
                orientation.orElse(1),
                end,
                rewrite.build(in.size()));
    }

    /** Answers where the picture ends in the file. */
    private long walkChunks() throws IOException, MalformedImageException, ImageLimitException {
        while (true) {
            long start = in.position();
            try {
                if (walkChunk() == IEND) {
                    return in.position();
                }
            } catch (MalformedImageException e) {
                // nothing tells that the last frame of an animation is whole
                boolean mayEnd = ending == Ending.SUPPLIED && hasPixels && !isInPixels && !isAnimated;
                if (!mayEnd || e.defect() != MalformedImageException.Defect.TRUNCATED) {
                    throw e;
                }
                rewrite.insert(chunk(IEND, new byte[0]));
                return in.size() - start <= END_LENGTH ? in.size() : start;
            }
        }
    }

    private void readHeader() throws IOException, MalformedImageException, ImageLimitException {
        long start = in.position();
        if (in.bigEndian(4) != HEADER_LENGTH || in.fourCc() != IHDR) {
            throw MalformedImageException.malformed("The PNG does not begin with its header");
        }
        byte[] data = in.bytes(HEADER_LENGTH);
        requireCrc(IHDR, data, in.bigEndian(4));
        ByteBuffer header = ByteBuffer.wrap(data);
        width = header.getInt();
        height = header.getInt();
        int bits = header.get();
        colourType = header.get();
        boolean isLegal = width > 0 && height > 0 && header.get() == 0 && header.get() == 0 && (header.get() & ~1) == 0;
        if (!isLegal || !bitsAreLegal(bits)) {
            throw MalformedImageException.malformed("The header of the PNG is not legal");
        }
        budget.canvas(width, height);
        rewrite.copy(start, in.position());
    }

    private boolean bitsAreLegal(int bits) {
        Set<Integer> legal = switch (colourType) {
            case 0 -> Set.of(1, 2, 4, 8, 16);
            case 3 -> Set.of(1, 2, 4, 8);
            case 2, 4, 6 -> Set.of(8, 16);
            default -> Set.of();
        };
        return legal.contains(bits);
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
        if (type == IDAT || type == FDAT) {
            isInPixels = true;
            walkPixels(start, type, length);
            isInPixels = false;
        } else {
            pixelsEnded = hasPixels;
            requireLegalLength(type, length);
            byte[] data = in.bytes((int) length);
            long crc = in.bigEndian(CHECKSUM_LENGTH);
            if (stays(type, data, crc)) {
                rewrite.copy(start, in.position());
            }
        }
        return type;
    }

    /** Whatever follows the pixels, and is no whole chunk, is an end that was damaged, or comes instead of it. */
    private void requireChunk(int type, long length) throws MalformedImageException {
        boolean isPixels = type == IDAT || type == FDAT;
        boolean isWhole = length + CHECKSUM_LENGTH <= in.size() - in.position();
        if (type == IEND || !isName(type) || !(isPixels || isWhole)) {
            throw MalformedImageException.truncated();
        }
    }

    /** Four letters. */
    private static boolean isName(int type) {
        return new String(bytes(type), StandardCharsets.ISO_8859_1)
                .chars()
                .allMatch(letter -> (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z'));
    }

    /** Browsers show a picture whose metadata is damaged, but without that. */
    private boolean stays(int type, byte[] data, long crc) throws MalformedImageException, ImageLimitException {
        boolean isMetadata = (type & ANCILLARY) != 0 && type != ACTL && type != FCTL;
        try {
            requireCrc(type, data, crc);
            return walkData(type, data);
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
        if (type == PLTE) {
            isLegal = length > 0 && length <= LONGEST_PALETTE && length % 3 == 0;
        } else if (type == IEND) {
            isLegal = length == 0;
        } else if (type == FCTL) {
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
        if (type == IDAT && pixelsEnded) {
            throw MalformedImageException.malformed("The pixels of the PNG are in two places");
        }
        pixelsEnded |= type == FDAT && hasPixels;
        if (type == IDAT && !hasPixels) {
            hasPixels = true;
            if (!isAnimated) {
                budget.frame(width, height);
            }
        }
        long left = in.size() - in.position();
        boolean lacksChecksum = ending == Ending.SUPPLIED && length <= left && left < length + CHECKSUM_LENGTH;
        if (type == IDAT && lacksChecksum) {
            CRC32 crc = begin(type);
            for (long i = 0; i < length; i++) {
                crc.update(in.read());
            }
            rewrite.copy(start, in.position());
            rewrite.insert(bytes((int) crc.getValue()));
            in.skip(left - length);
        } else {
            in.skip(length + CHECKSUM_LENGTH);
            if (type == IDAT || isAnimated) {
                rewrite.copy(start, in.position());
            }
        }
    }

    /** Whether the chunk stays as it is. */
    private boolean walkData(int type, byte[] data) throws MalformedImageException, ImageLimitException {
        if (type == IEND || type == PLTE) {
            hasPalette |= type == PLTE;
            return true;
        }
        if (type == ACTL) {
            boolean announces = !isAnimated && !ignoresAnimation && !hasPixels;
            isAnimated |= announces;
            return announces;
        }
        if (type == FCTL) {
            // without an announcement, it is a still picture for browsers
            ignoresAnimation |= !isAnimated;
            if (isAnimated) {
                readFrameControl(data);
            }
            return isAnimated;
        }
        if (type == EXIF) {
            return walkExif(data);
        }
        if (type == TEXT || type == COMPRESSED_TEXT || type == INTERNATIONAL_TEXT) {
            return walkText(type, data);
        }
        if ((type & ANCILLARY) == 0) {
            throw MalformedImageException.malformed("The PNG has a chunk that nobody knows but must");
        }
        if (type == PROFILE) {
            inflate(data, afterText(data, 0) + 1);
        }
        return switch (policy) {
            case KEEP -> true;
            case STRIP -> LOOKS.contains(type);
            case STRIP_LOCATION -> LOOKS.contains(type) || type == TIME;
        };
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
                && left <= width - frameWidth
                && top <= height - frameHeight;
        if (!isInside) {
            throw MalformedImageException.malformed("The PNG has a frame outside its canvas");
        }
        budget.frame(frameWidth, frameHeight);
    }

    /** Only the first block counts, and only for those who begin to show the picture behind it: browsers do with the pixels. */
    private boolean walkExif(byte[] data) {
        boolean isFirst = orientation.isEmpty();
        if (isFirst) {
            orientation = Optional.of(hasPixels ? 1 : Exif.orientationOf(data));
        }
        if (isFirst && policy != MetadataPolicy.KEEP) {
            Exif.cleaned(data, policy).ifPresent(cleaned -> rewrite.insert(chunk(EXIF, cleaned)));
        }
        return policy == MetadataPolicy.KEEP;
    }

    /** Tools hide whole blocks of Exif and IPTC in texts, and write single values of them. */
    private boolean walkText(int type, byte[] data) throws MalformedImageException, ImageLimitException {
        int end = afterText(data, 0);
        String keyword = new String(data, 0, end - 1, StandardCharsets.ISO_8859_1);
        boolean isCompressed =
                type == COMPRESSED_TEXT || (type == INTERNATIONAL_TEXT && end < data.length && data[end] != 0);
        if (isCompressed) {
            int start = type == COMPRESSED_TEXT ? end + 1 : afterText(data, afterText(data, end + 2));
            inflate(data, start);
        }
        return switch (policy) {
            case KEEP -> true;
            case STRIP -> false;
            case STRIP_LOCATION ->
                !keyword.startsWith("Raw profile")
                        && !(isCompressed && keyword.equals(XMP_KEYWORD))
                        && Metadata.isXmpWithoutLocation(data);
        };
    }

    /** Where the text ends that begins there, and its zero. */
    private static int afterText(byte[] data, int start) throws MalformedImageException {
        for (int i = start; i < data.length; i++) {
            if (data[i] == 0) {
                if (start == 0 && (i == 0 || i > LONGEST_KEYWORD)) {
                    break;
                }
                return i + 1;
            }
        }
        throw MalformedImageException.malformed("The PNG has a text without a name");
    }

    /** Whoever shows the picture inflates it, so it has to have an end. */
    private void inflate(byte[] data, int start) throws MalformedImageException, ImageLimitException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, Math.min(start, data.length), Math.max(0, data.length - start));
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw MalformedImageException.malformed("The PNG has a compressed text that breaks off");
                }
                budget.metadata(count);
            }
        } catch (DataFormatException e) {
            throw MalformedImageException.malformed("The PNG has a text that can't be decompressed");
        } finally {
            inflater.end();
        }
    }

    private static void requireCrc(int type, byte[] data, long crc) throws MalformedImageException {
        if (crc != crc(type, data)) {
            throw MalformedImageException.malformed("A chunk of the PNG is damaged");
        }
    }

    private static long crc(int type, byte[] data) {
        CRC32 crc = begin(type);
        crc.update(data);
        return crc.getValue();
    }

    private static CRC32 begin(int type) {
        CRC32 crc = new CRC32();
        crc.update(bytes(type));
        return crc;
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(0, number).array();
    }

    private static byte[] chunk(int type, byte[] data) {
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .putInt(type)
                .put(data)
                .putInt((int) crc(type, data))
                .array();
    }
}
