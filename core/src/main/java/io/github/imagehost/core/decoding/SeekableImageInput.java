package io.github.imagehost.core.decoding;

import io.github.imagehost.core.format.PositionalSource;
import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/** Content for a decoder, which may go back in it, for as long as the decoder is not to stop. For one thread. */
public final class SeekableImageInput extends ImageInputStreamImpl {

    private static final int BUFFER_SIZE = 8 * 1024;

    private final PositionalSource content;
    private final long size;
    private final StopSignal signal;
    /** Decoders read few bytes at a time, and often the same ones again. */
    private final byte[] buffer = new byte[BUFFER_SIZE];

    private long bufferStart;
    private int buffered;

    /**
     * At the first byte.
     *
     * @param signal ends every read when it says so, by a {@link DecodingStoppedException}
     */
    public SeekableImageInput(PositionalSource content, StopSignal signal) {
        this.content = content;
        this.size = content.size();
        this.signal = signal;
    }

    @Override
    public long length() {
        return size;
    }

    /** As {@link #read(byte[], int, int)}. */
    @Override
    public int read() throws IOException {
        prepare();
        if (isAtEnd()) {
            return -1;
        }
        byte next = buffer[(int) (streamPos - bufferStart)];
        streamPos++;
        return Byte.toUnsignedInt(next);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnreadableContentException if the content can't be read: that is not the decoder's failure
     */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        prepare();
        // the superclass takes fewer bytes than it asks for as the end
        int total = 0;
        while (total < length && !isAtEnd()) {
            int from = (int) (streamPos - bufferStart);
            int count = Math.min(length - total, buffered - from);
            System.arraycopy(buffer, from, bytes, offset + total, count);
            total += count;
            streamPos += count;
        }
        return total == 0 && length > 0 ? -1 : total;
    }

    private void prepare() throws IOException {
        checkClosed();
        signal.check();
        bitOffset = 0;
    }

    /** Otherwise the next byte is in the buffer. */
    private boolean isAtEnd() {
        if (streamPos >= bufferStart && streamPos < bufferStart + buffered) {
            return false;
        }
        if (streamPos >= size) {
            return true;
        }
        try {
            buffered = 0;
            bufferStart = streamPos;
            buffered = Math.max(0, content.read(streamPos, buffer, 0, BUFFER_SIZE));
            if (buffered == 0) {
                throw new IOException("The content has become shorter");
            }
            return false;
        } catch (IOException e) {
            throw new UnreadableContentException(e);
        }
    }
}
