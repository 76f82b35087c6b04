package io.github.imagehost.core.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The frame of a JPEG (ITU-T T.81, B.2.2): how many pixels it has, and how much there has to be for them. For one thread. */
final class JpegFrame {

    private static final int PROGRESSIVE = 0xc2;
    private static final int BITS = 8;
    private static final int HIGHEST_SAMPLING = 4;
    private static final int BLOCK = 8;

    /** A code is at least one bit long; a block is one for its mean, and another one for the rest, or for there being none. */
    private static final int BITS_OF_A_BLOCK = 2;

    private static final int BITS_OF_A_MEAN = 1;

    private final boolean isProgressive;
    private final int width;
    private final int height;
    private final Component[] components;
    private int highestHorizontal = 1;
    private int highestVertical = 1;

    /** One of its colours. */
    private static final class Component {

        private final int id;
        private final int horizontal;
        private final int vertical;
        private boolean hasMeans;

        Component(int id, int sampling) {
            this.id = id;
            this.horizontal = sampling >> 4;
            this.vertical = sampling & 0xf;
        }

        boolean isSampled() {
            return horizontal >= 1 && horizontal <= HIGHEST_SAMPLING && vertical >= 1 && vertical <= HIGHEST_SAMPLING;
        }
    }

    private JpegFrame(boolean isProgressive, int width, int height, int components) {
        this.isProgressive = isProgressive;
        this.width = width;
        this.height = height;
        this.components = new Component[components];
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
            frame.add(i, new Component(in.read(), in.read()));
            in.skip(1);
        }
        return frame;
    }

    private void add(int index, Component component) throws MalformedImageException {
        if (!component.isSampled()) {
            throw MalformedImageException.malformed("The JPEG does not say how its colours are sampled");
        }
        components[index] = component;
        highestHorizontal = Math.max(highestHorizontal, component.horizontal);
        highestVertical = Math.max(highestVertical, component.vertical);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /**
     * Reads the header of a scan (T.81, B.2.3).
     *
     * @param length of what is behind its length
     * @return how many bits its codes take at least
     */
    long readScan(FormatInput in, int length) throws IOException, MalformedImageException {
        int count = in.read();
        if (count < 1 || count > components.length || length != 4 + 2 * count) {
            throw MalformedImageException.malformed("The JPEG has pixels that belong to no frame");
        }
        List<Component> scanned = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            scanned.add(component(in.read(), scanned));
            in.skip(1);
        }
        boolean hasMeans = in.read() == 0 || !isProgressive;
        in.skip(2);
        long bits = 0;
        for (Component component : scanned) {
            if (hasMeans) {
                component.hasMeans = true;
                bits += blocks(component) * (isProgressive ? BITS_OF_A_MEAN : BITS_OF_A_BLOCK);
            }
        }
        return bits;
    }

    /** Some encoders give all of them the same name. */
    private Component component(int id, List<Component> taken) throws MalformedImageException {
        for (Component component : components) {
            if (component.id == id && !taken.contains(component)) {
                return component;
            }
        }
        throw MalformedImageException.malformed("The JPEG has pixels of a colour that it does not name");
    }

    private long blocks(Component component) {
        return (long) blocks(width, component.horizontal, highestHorizontal)
                * blocks(height, component.vertical, highestVertical);
    }

    private static int blocks(int pixels, int sampling, int highest) {
        int samples = (pixels * sampling + highest - 1) / highest;
        return (samples + BLOCK - 1) / BLOCK;
    }

    void requireAllColours() throws MalformedImageException {
        for (Component component : components) {
            if (!component.hasMeans) {
                throw MalformedImageException.malformed("The JPEG has no pixels of one of its colours");
            }
        }
    }
}
