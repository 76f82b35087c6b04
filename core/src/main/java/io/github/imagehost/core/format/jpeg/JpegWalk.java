package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.Budget;
import io.github.imagehost.core.format.ColourProfile;
import io.github.imagehost.core.format.Colours;
import io.github.imagehost.core.format.Ending;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Walks through the segments of a JPEG (ITU-T T.81, B) behind its first marker. */
public final class JpegWalk {

    private static final int TEMPORARY = 0x01;
    private static final int FIRST_OF_SEGMENTS = 0xc0;
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int QUANTIZATION_TABLES = 0xdb;
    private static final int NUMBER_OF_LINES = 0xdc;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP13 = 0xed;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;

    private static final int LENGTH_FIELD = 2;

    private static final String EXIF = "Exif\0\0";
    /** They do not look at the byte behind it. */
    private static final String EXIF_IN_BROWSERS = "Exif\0";

    /** CIPA DC-007, 5.2. */
    private static final String MULTI_PICTURE = "MPF\0";
    /** ISO 21496-1, C.2. */
    private static final String GAIN_MAP = "urn:iso:std:iso:ts:21496:-1\0";

    private static final String IPTC = "Photoshop 3.0\0";

    private final FormatInput in;
    private final Budget budget;
    private final MetadataPolicy policy;
    private final Rewrite.Builder rewrite = new Rewrite.Builder();
    private final JpegProfile profile = new JpegProfile();
    private final JpegColours colours = new JpegColours();
    private final JpegXmp xmp;
    private final Optional<JpegCodes> codes;
    private Optional<JpegFrame> frame = Optional.empty();
    private long firstScan;
    private boolean isComplete;
    private Optional<Integer> orientation = Optional.empty();

    /** @param check is run again and again while codes are read */
    public JpegWalk(FormatInput in, Budget budget, MetadataPolicy policy, Ending ending, Runnable check) {
        this.in = in;
        this.budget = budget;
        this.policy = policy;
        this.xmp = new JpegXmp(policy);
        this.codes = ending == Ending.SUPPLIED ? Optional.of(new JpegCodes(in, check)) : Optional.empty();
    }

    /**
     * Walks through the file to its end.
     *
     * @throws MalformedImageException if it breaks the rules of the format, or lacks its end
     * @throws ImageLimitException if it is larger than the budget
     * @throws IOException if it can't be read
     */
    public WalkedImage walk() throws IOException, MalformedImageException, ImageLimitException {
        rewrite.copy(0, in.position());
        int marker = nextMarker();
        while (marker != END_OF_IMAGE) {
            long start = in.position() - 2;
            marker = marker == START_OF_SCAN ? walkScan(start) : walkSegment(marker, start);
        }
        JpegFrame whole = frame.orElseThrow(() -> MalformedImageException.malformed("The JPEG has no pixels"));
        whole.requireAllColours();
        long end = codes.isPresent() ? supplyEnd() : copyEnd();
        Optional<ColourProfile> found = profile.settle(firstScan, rewrite);
        xmp.leaveOutIfPointing(rewrite);
        if (whole.colours() == Colours.RGB) {
            rewrite.replaceForDecoders(firstScan, firstScan, colours.mark(whole));
        }
        return new WalkedImage(
                ImageType.JPEG,
                whole.width(),
                whole.height(),
                1,
                orientation.orElse(1),
                end,
                rewrite.build(in.size()),
                budget.scans(),
                false,
                FirstFrame.atOrigin(Coding.ROWS),
                new Colours(whole.colours(), found));
    }

    private long copyEnd() throws MalformedImageException {
        rewrite.copy(in.position() - 2, in.position());
        return in.position();
    }

    /**
     * Answers where the picture ends in the file; bytes that fill, of which the last one may begin a marker, belong to
     * it.
     */
    private long supplyEnd() throws IOException, MalformedImageException {
        if (!isComplete) {
            throw MalformedImageException.truncated();
        }
        rewrite.insert(new byte[] {(byte) 0xff, (byte) END_OF_IMAGE});
        long end = in.position();
        while (!in.isAtEnd()) {
            if (in.read() != 0xff) {
                return end;
            }
        }
        return in.position();
    }

    /**
     * What lies between segments does not belong to any; some cameras fill up with it, and it goes. So do markers that
     * mean something only inside of scans.
     */
    private int nextMarker() throws IOException, MalformedImageException, ImageLimitException {
        long start = in.position();
        int marker;
        do {
            in.skipPast(0xff);
            marker = afterFill(in);
        } while (marker == 0 || marker == TEMPORARY || isRestart(marker));
        budget.metadata(in.position() - 2 - start);
        return marker;
    }

    /** A marker may begin with any number of bytes that only fill. */
    static int afterFill(FormatInput in) throws IOException, MalformedImageException {
        int marker = in.read();
        while (marker == 0xff) {
            marker = in.read();
        }
        return marker;
    }

    /** Answers the marker behind the segment. */
    private int walkSegment(int marker, long start) throws IOException, MalformedImageException, ImageLimitException {
        if (marker < FIRST_OF_SEGMENTS || marker == START_OF_IMAGE) {
            throw MalformedImageException.malformed(
                    "The JPEG has a marker where none may be: " + Integer.toHexString(marker));
        }
        int length = (int) in.bigEndian(LENGTH_FIELD) - LENGTH_FIELD;
        if (length < 0) {
            throw MalformedImageException.malformed("The JPEG has a segment without a length");
        }
        if (isMetadata(marker)) {
            budget.metadata(length);
            walkMetadata(marker, start, length);
        } else if (marker == NUMBER_OF_LINES) {
            // the frame has said it, and decoders don't agree whom to believe
            in.skip(length);
        } else {
            if (isFrame(marker)) {
                readFrame(marker, length);
            } else {
                requireTable(marker);
                walkTable(marker, length);
            }
            rewrite.copy(start, in.position());
        }
        return nextMarker();
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xd0 && marker <= 0xd7;
    }

    private static boolean isMetadata(int marker) {
        return (marker >= APP0 && marker <= APP15) || marker == COMMENT;
    }

    private static boolean isFrame(int marker) {
        boolean isTable = marker == HUFFMAN_TABLES || marker == 0xc8 || marker == 0xcc;
        return marker >= 0xc0 && marker <= 0xcf && !isTable;
    }

    private static void requireTable(int marker) throws MalformedImageException {
        if (marker != HUFFMAN_TABLES && marker != QUANTIZATION_TABLES && marker != RESTART_INTERVAL) {
            throw MalformedImageException.unusual(
                    "Browsers don't show such a JPEG: it has the marker " + Integer.toHexString(marker));
        }
    }

    private void readFrame(int marker, int length) throws IOException, MalformedImageException, ImageLimitException {
        if (frame.isPresent()) {
            throw MalformedImageException.malformed("The JPEG has two frames");
        }
        JpegFrame found = JpegFrame.read(in, marker, length);
        budget.canvas(found.width(), found.height());
        budget.frame(found.width(), found.height());
        frame = Optional.of(found);
    }

    private void walkTable(int marker, int length) throws IOException, MalformedImageException {
        if (codes.isPresent() && marker == HUFFMAN_TABLES) {
            codes.get().readTables(length);
        } else if (codes.isPresent() && marker == RESTART_INTERVAL && length == LENGTH_FIELD) {
            codes.get().readRestartInterval();
        } else {
            in.skip(length);
        }
    }

    /** Answers the marker behind the scan, or that of the end if nothing is missing any more. */
    private int walkScan(long start) throws IOException, MalformedImageException, ImageLimitException {
        int length = (int) in.bigEndian(LENGTH_FIELD) - LENGTH_FIELD;
        JpegFrame found = frame.orElseThrow(
                () -> MalformedImageException.malformed("The JPEG has pixels that belong to no frame"));
        JpegScan scan = found.readScan(in, length);
        budget.scan();
        firstScan = budget.scans() == 1 ? start : firstScan;
        if (codes.isEmpty()) {
            return skipCodes(start, scan);
        }
        codes.get().readScan(scan);
        rewrite.copy(start, in.position());
        isComplete = found.isComplete();
        return isComplete ? END_OF_IMAGE : nextMarker();
    }

    private int skipCodes(long start, JpegScan scan) throws IOException, MalformedImageException {
        long startOfCodes = in.position();
        while (true) {
            in.skipPast(0xff);
            long end = in.position() - 1;
            int next = afterFill(in);
            if (next != 0 && !isRestart(next)) {
                // a few bytes that claim to be many pixels are cheap to send, but not to decode
                if ((end - startOfCodes) * Byte.SIZE < scan.fewestBits()) {
                    throw MalformedImageException.malformed("The JPEG has too few bytes for its pixels");
                }
                rewrite.copy(start, end);
                return next;
            }
        }
    }

    private void walkMetadata(int marker, long start, int length) throws IOException, MalformedImageException {
        byte[] data = in.bytes(length);
        if (budget.scans() == 0) {
            colours.add(marker, data);
        }
        if (marker == APP2 && (Metadata.startsWith(data, MULTI_PICTURE) || Metadata.startsWith(data, GAIN_MAP))) {
            // what it tells of lies behind the picture, and goes
            return;
        }
        if (marker == APP1 && data.length >= EXIF.length() && Metadata.startsWith(data, EXIF_IN_BROWSERS)) {
            walkExif(start, data);
        } else if (marker == APP2 && Metadata.startsWith(data, JpegProfile.NAME)) {
            if (profile.add(start, in.position(), data)) {
                rewrite.copy(start, in.position());
            }
        } else if (marker == APP1 && Metadata.startsWith(data, JpegXmp.NAME)) {
            xmp.addPacket(start, in.position(), data, rewrite);
        } else if (marker == APP1 && Metadata.startsWith(data, JpegXmp.NAME_OF_EXTENSION)) {
            xmp.addExtension(start, in.position(), data, rewrite);
        } else if (staysAsItIs(marker, data)) {
            rewrite.copy(start, in.position());
        }
    }

    /** Only the first block counts, even if it says nothing of the orientation; XMP never does. */
    private void walkExif(long start, byte[] data) throws MalformedImageException {
        byte[] block = Metadata.after(data, EXIF);
        boolean isFirst = orientation.isEmpty();
        if (isFirst) {
            orientation = Optional.of(Exif.orientationOf(block));
        }
        if (policy == MetadataPolicy.KEEP) {
            rewrite.copy(start, in.position());
        } else if (isFirst) {
            Exif.cleaned(block, policy).ifPresent(cleaned -> rewrite.insert(segment(EXIF, cleaned)));
        }
    }

    private boolean staysAsItIs(int marker, byte[] data) {
        return policy.keeps(
                JpegColours.areIn(marker, data),
                () -> marker == COMMENT
                        || (marker == APP13
                                && Metadata.startsWith(data, IPTC)
                                && Metadata.isIptcWithoutLocation(data)));
    }

    /** Of the kind that Exif and XMP are in. */
    static byte[] segment(String name, byte[] data) {
        int length = LENGTH_FIELD + name.length() + data.length;
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.write(0xff);
        segment.write(APP1);
        segment.write(length >> 8);
        segment.write(length);
        segment.writeBytes(Metadata.ascii(name));
        segment.writeBytes(data);
        return segment.toByteArray();
    }
}
