package io.github.imagehost.core.intake;

import io.github.imagehost.core.port.ObjectContent;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/** Content for a decoder, which may go back in it. For one thread. */
final class SeekableImageInput extends ImageInputStreamImpl {

    private final ObjectContent content;
    private @Nullable InputStream in;
    private long position;

    SeekableImageInput(ObjectContent content) {
        this.content = content;
    }

    @Override
    public long length() {
        return content.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * {@inheritDoc}
     *
     * @throws SpoolException if the content can't be read: that is not the decoder's failure
     */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (streamPos >= content.size()) {
            return -1;
        }
        try {
            // the superclass takes fewer bytes than it asks for as the end
            int count = at(streamPos).readNBytes(bytes, offset, length);
            streamPos += count;
            position += count;
            return count == 0 && length > 0 ? -1 : count;
        } catch (IOException e) {
            throw new SpoolException("Can't read a spooled upload", e);
        }
    }

    private InputStream at(long wanted) throws IOException {
        InputStream open = in;
        if (open == null || wanted < position) {
            closeInput();
            open = content.open();
            in = open;
            position = 0;
        }
        open.skipNBytes(wanted - position);
        position = wanted;
        return open;
    }

    @Override
    public void close() throws IOException {
        super.close();
        closeInput();
    }

    private void closeInput() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
