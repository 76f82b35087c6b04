package io.github.imagehost.core.format;

import java.io.IOException;

/** Bytes that can be read at any position, for about the same cost. Safe for use by many threads. */
@FunctionalInterface
public interface PositionalSource {

    /**
     * Reads some bytes.
     *
     * @param position of the first one, at least 0
     * @param target where they go
     * @param offset where in the target they begin
     * @param length how many there is room for, at least 1
     * @return how many were read, at least 1; -1 if the position is behind the last byte
     * @throws IOException if they can't be read any more
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;
}
