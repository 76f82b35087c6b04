package io.github.imagehost.core.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes from far away: if it can't be read, reading it again makes sense. */
public final class RemoteInputStream extends FilterInputStream {

    /** @param in is closed with this */
    public RemoteInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw new InterruptedReadException(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw new InterruptedReadException(e);
        }
    }
}
