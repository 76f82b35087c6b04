package io.github.imagehost.core.transform;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes for a decoder, for as long as it has time. */
final class ByteArrayImageInputStream extends ImageInputStreamImpl {

    /** Reading the clock is dearer than reading a byte. */
    private static final int READS_PER_CHECK = 1024;

    private final byte[] bytes;
    private final TimeLimit limit;
    private int reads;

    ByteArrayImageInputStream(byte[] bytes, TimeLimit limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        checkTime();
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkTime();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    private void checkTime() throws IOException {
        if (reads++ % READS_PER_CHECK == 0 && limit.isOver()) {
            throw new IOException("There is no time to read on");
        }
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
