package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The frame of a JPEG (ITU-T T.81, B.2.2): how many pixels it has, and how much there has to be for them. For one
 * thread.
 */
final class JpegFrame {

    private static final int PROGRESSIVE = 0xc2;
    private static final int BITS = 8;
    private static final int BLOCK = 8;
    private static final String RGB = "RGB";

    private final boolean isProgressive;
    private final int width;
    private final int height;
    private final JpegComponent[] components;
    private int highestHorizontal = 1;
    private int highestVertical = 1;

    private JpegFrame(boolean isProgressive, int width, int height, int components) {
        this.isProgressive = isProgressive;
        this.width = width;
        this.height = height;
        this.components = new JpegComponent[components];
    }

    /**
     * Reads a segment. Baseline, extended and progressive with Huffman codes are all that browsers show.
     *
     * @param marker of the segment
     * @param length of what is behind its length
     */
    static JpegFrame read(FormatInput in, int marker, int length) throws IOException, MalformedImageException {
        if (marker > PROGRESSIVE) {
            throw MalformedImageException.unusual(
                    "Browsers don't show such a JPEG: it is lossless or arithmetic-coded");
        }
        int bits = in.read();
        int height = (int) in.bigEndian(2);
        int width = (int) in.bigEndian(2);
        int count = in.read();
        if (bits != BITS) {
            throw MalformedImageException.unusual("Browsers don't show a JPEG with " + bits + " bits");
        }
        if (width == 0 || height == 0) {
            throw MalformedImageException.malformed("The JPEG does not say how many pixels it has");
        }
        if ((count != 1 && count != 3 && count != 4) || length != 6 + 3 * count) {
            throw MalformedImageException.malformed("The JPEG has " + count + " colours");
        }
        JpegFrame frame = new JpegFrame(marker == PROGRESSIVE, width, height, count);
        for (int i = 0; i < count; i++) {
            frame.add(i, new JpegComponent(in.read(), in.read()));
            in.skip(1);
        }
        for (JpegComponent component : frame.components) {
            component.cover(width, height, frame.highestHorizontal, frame.highestVertical);
        }
        return frame;
    }

    private void add(int index, JpegComponent component) throws MalformedImageException {
        if (!component.isSampled()) {
            throw MalformedImageException.malformed("The JPEG does not say how its colours are sampled");
        }
        components[index] = component;
        highestHorizontal = Math.max(highestHorizontal, component.horizontal());
        highestVertical = Math.max(highestVertical, component.vertical());
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** How many there are. */
    int colours() {
        return components.length;
    }

    /** Whether the names of its three colours say that they are red, green and blue. */
    boolean isNamedRgb() {
        return components.length == RGB.length()
                && IntStream.range(0, RGB.length()).allMatch(i -> components[i].id() == RGB.charAt(i));
    }

    /**
     * Reads the header of a scan (T.81, B.2.3).
     *
     * @param length of what is behind its length
     */
    JpegScan readScan(FormatInput in, int length) throws IOException, MalformedImageException {
        int count = in.read();
        if (count < 1 || count > components.length || length != 4 + 2 * count) {
            throw MalformedImageException.malformed("The JPEG has pixels that belong to no frame");
        }
        List<JpegComponent> scanned = new ArrayList<>();
        List<JpegScan.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JpegComponent component = component(in.read(), scanned);
            scanned.add(component);
            // blocks of several components come in turn, and fill whole units
            int blocks = count == 1 ? 1 : component.horizontal() * component.vertical();
            parts.add(new JpegScan.Part(component, blocks, in.read()));
        }
        long units = count == 1 ? scanned.get(0).blocks() : units();
        int first = in.read();
        int last = in.read();
        int bits = in.read();
        JpegScan scan = new JpegScan(isProgressive, parts, units, first, last, bits >> 4, bits & 0xf);
        if (scan.hasMeans()) {
            scanned.forEach(JpegComponent::meansHaveCome);
        }
        return scan;
    }

    /** Some encoders give all of them the same name. */
    private JpegComponent component(int id, List<JpegComponent> taken) throws MalformedImageException {
        for (JpegComponent component : components) {
            if (component.id() == id && !taken.contains(component)) {
                return component;
            }
        }
        throw MalformedImageException.malformed("The JPEG has pixels of a colour that it does not name");
    }

    private long units() {
        return (long) ceilDiv(width, BLOCK * highestHorizontal) * ceilDiv(height, BLOCK * highestVertical);
    }

    private static int ceilDiv(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    void requireAllColours() throws MalformedImageException {
        if (!Arrays.stream(components).allMatch(JpegComponent::hasMeans)) {
            throw MalformedImageException.malformed("The JPEG has no pixels of one of its colours");
        }
    }

    /** Whether all bits of all coefficients have come. */
    boolean isComplete() {
        return Arrays.stream(components).allMatch(JpegComponent::isComplete);
    }
}
