package io.github.imagehost.core.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A block of Exif metadata: directories of entries, as in TIFF 6.0, 2 and CIPA DC-008, 4.6. Entries that can't be read
 * are left out. Whatever is kept is written anew, so that nothing hides between the entries.
 */
public final class Exif {

    private static final int ORIENTATION = 0x0112;
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int INTEROPERABILITY_DIRECTORY = 0xa005;
    private static final int GPS_DIRECTORY = 0x8825;
    private static final int MAKER_NOTE = 0x927c;
    private static final int XMP = 0x02bc;
    private static final int IPTC = 0x83bb;
    private static final int PHOTOSHOP = 0x8649;
    private static final int SUB_DIRECTORIES = 0x014a;
    private static final Set<Integer> MAY_TELL_LOCATION =
            Set.of(GPS_DIRECTORY, MAKER_NOTE, XMP, IPTC, PHOTOSHOP, SUB_DIRECTORIES);

    private static final int MAGIC = 42;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    /** By type: byte, text, short, long, rational, signed and other forms of them, floats, directory. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    /** What a segment has room for. */
    private static final int LONGEST_IN_JPEG = 0xffff - 2 - "Exif\0\0".length();

    private static final int HEADER_SIZE = 8;
    private static final int ENTRY_SIZE = 12;
    private static final int INLINE_SIZE = 4;
    private static final int MOST_ENTRIES = 1000;
    private static final int DEEPEST = 3;

    /** An entry; a directory instead of a value if that is what it points to. */
    private record Entry(int tag, int type, int count, ByteBuffer value, Optional<List<Entry>> directory) {}

    private final ByteBuffer block;
    /** How much the values outside of directories may have together: several can lie in the same place. */
    private long left;

    private Exif(byte[] block, ByteOrder order) {
        this.block = ByteBuffer.wrap(block).order(order);
        this.left = block.length;
    }

    /** How the picture is to be turned, 1 to 8; 1 if that can't be read. */
    public static int orientationOf(byte[] block) {
        return parse(block).map(Exif::orientation).orElse(1);
    }

    /** What is left of a block; empty if that is nothing. */
    public static Optional<byte[]> cleaned(byte[] block, MetadataPolicy policy) {
        return switch (policy) {
            case KEEP -> Optional.of(block);
            case STRIP ->
                Optional.of(orientationOf(block)).filter(value -> value > 1).map(Exif::ofOrientation);
            case STRIP_LOCATION ->
                parse(block)
                        .map(exif -> exif.readDirectory(exif.block.getInt(4) & 0xffffffffL, DEEPEST))
                        .filter(entries -> !entries.isEmpty())
                        .map(entries -> write(entries, block[0]))
                        // what lay in the same place does no longer
                        .filter(copy -> copy.length <= Math.max(block.length, LONGEST_IN_JPEG))
                        .or(() -> cleaned(block, MetadataPolicy.STRIP));
        };
    }

    /** A block that tells nothing but the orientation. */
    private static byte[] ofOrientation(int orientation) {
        ByteBuffer value = ByteBuffer.allocate(2).putShort(0, (short) orientation);
        return write(List.of(new Entry(ORIENTATION, SHORT, 1, value, Optional.empty())), (byte) 'M');
    }

    private static Optional<Exif> parse(byte[] block) {
        if (block.length < HEADER_SIZE || block[0] != block[1] || (block[0] != 'I' && block[0] != 'M')) {
            return Optional.empty();
        }
        Exif exif = new Exif(block, orderOf(block[0]));
        return exif.block.getShort(2) == MAGIC ? Optional.of(exif) : Optional.empty();
    }

    private static ByteOrder orderOf(byte mark) {
        return mark == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** The first one that is legal, as in Chromium. */
    private int orientation() {
        return readDirectory(block.getInt(4) & 0xffffffffL, 1).stream()
                .filter(entry -> entry.tag() == ORIENTATION && entry.type() == SHORT && entry.count() == 1)
                .map(entry -> (int) entry.value().getShort(0))
                .filter(value -> value >= 1 && value <= 8)
                .findFirst()
                .orElse(1);
    }

    private boolean isLegalOrientation(int at) {
        int value = block.getShort(at + 8);
        return block.getShort(at + 2) == SHORT && block.getInt(at + 4) == 1 && value >= 1 && value <= 8;
    }

    /** The entries that can be read and tell nothing of the location, in their order. */
    private List<Entry> readDirectory(long offset, int depth) {
        List<Entry> entries = new ArrayList<>();
        if (depth == 0 || offset < HEADER_SIZE || offset + 2 > block.limit()) {
            return entries;
        }
        int count = Math.min(MOST_ENTRIES, Short.toUnsignedInt(block.getShort((int) offset)));
        Set<Integer> tags = new HashSet<>();
        boolean isOriented = false;
        for (int i = 0; i < count; i++) {
            int at = (int) offset + 2 + i * ENTRY_SIZE;
            if (at + ENTRY_SIZE > block.limit()) {
                break;
            }
            int tag = Short.toUnsignedInt(block.getShort(at));
            if (tag == ORIENTATION && !isOriented && isLegalOrientation(at)) {
                isOriented = true;
                tags.remove(tag);
                entries.removeIf(entry -> entry.tag() == ORIENTATION);
            }
            if (tags.add(tag) && !MAY_TELL_LOCATION.contains(tag)) {
                readEntry(tag, at, depth).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private Optional<Entry> readEntry(int tag, int at, int depth) {
        int type = Short.toUnsignedInt(block.getShort(at + 2));
        long count = block.getInt(at + 4) & 0xffffffffL;
        if (type < 1 || type >= SIZES.length || count < 1 || count > block.limit()) {
            return Optional.empty();
        }
        if (tag == EXIF_DIRECTORY || tag == INTEROPERABILITY_DIRECTORY) {
            List<Entry> directory = readDirectory(block.getInt(at + 8) & 0xffffffffL, depth - 1);
            return type == LONG && count == 1 && !directory.isEmpty()
                    ? Optional.of(new Entry(tag, type, 1, ByteBuffer.allocate(0), Optional.of(directory)))
                    : Optional.empty();
        }
        long size = count * SIZES[type];
        long start = size <= INLINE_SIZE ? at + 8 : block.getInt(at + 8) & 0xffffffffL;
        long outline = size <= INLINE_SIZE ? 0 : size;
        if (start + size > block.limit() || outline > left) {
            return Optional.empty();
        }
        left -= outline;
        ByteBuffer value = block.slice((int) start, (int) size).order(block.order());
        return Optional.of(new Entry(tag, type, (int) count, value, Optional.empty()));
    }

    private static byte[] write(List<Entry> entries, byte mark) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_SIZE + sizeOf(entries)).order(orderOf(mark));
        out.put(mark).put(mark).putShort((short) MAGIC).putInt(HEADER_SIZE);
        writeDirectory(entries, out);
        return out.array();
    }

    /** Of a directory with all its values, and the directories in it. */
    private static int sizeOf(List<Entry> entries) {
        int size = directorySize(entries);
        for (Entry entry : entries) {
            size += entry.directory().map(Exif::sizeOf).orElseGet(() -> outlineSize(entry));
        }
        return size;
    }

    private static int directorySize(List<Entry> entries) {
        return 2 + entries.size() * ENTRY_SIZE + 4;
    }

    /** What a value takes behind its directory; values begin at even offsets. */
    private static int outlineSize(Entry entry) {
        int size = entry.value().remaining();
        return size <= INLINE_SIZE ? 0 : size + size % 2;
    }

    private static void writeDirectory(List<Entry> entries, ByteBuffer out) {
        int next = out.position() + directorySize(entries);
        out.putShort((short) entries.size());
        for (Entry entry : entries) {
            out.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
            int afterEntry = out.position() + INLINE_SIZE;
            if (entry.directory().isPresent()) {
                out.putInt(next).position(next);
                writeDirectory(entry.directory().get(), out);
                next = out.position();
            } else if (entry.value().remaining() <= INLINE_SIZE) {
                out.put(entry.value().duplicate());
            } else {
                out.putInt(next).position(next).put(entry.value().duplicate());
                next += outlineSize(entry);
            }
            out.position(afterEntry);
        }
        // no directory follows: that of the thumbnail is left out
        out.putInt(0).position(next);
    }
}
