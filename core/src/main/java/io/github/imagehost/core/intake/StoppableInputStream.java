package io.github.imagehost.core.intake;

import io.github.imagehost.core.decoding.StopSignal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream for as long as whoever reads it is not to stop. */
final class StoppableInputStream extends FilterInputStream {

    private final StopSignal signal;

    StoppableInputStream(InputStream in, StopSignal signal) {
        super(in);
        this.signal = signal;
    }

    @Override
    public int read() throws IOException {
        signal.check();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        signal.check();
        return super.read(bytes, offset, length);
    }
}
