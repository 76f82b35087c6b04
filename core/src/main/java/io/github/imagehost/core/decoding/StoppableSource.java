package io.github.imagehost.core.decoding;

import io.github.imagehost.core.format.PositionalSource;
import java.io.IOException;

/**
 * The bytes of a file for as long as whoever reads them is not to stop.
 *
 * @param signal ends every read when it says so, by a {@link DecodingStoppedException}
 */
public record StoppableSource(PositionalSource content, StopSignal signal) implements PositionalSource {

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        signal.check();
        return content.read(position, target, offset, length);
    }
}
