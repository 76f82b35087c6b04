package io.github.imagehost.core.archive;

import io.github.imagehost.core.files.TemporaryFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes to a temporary file, and leaves it open. For one thread. */
final class TemporaryOutput extends BufferedOutputStream {

    private static final int BUFFER_SIZE = 64 * 1024;

    TemporaryOutput(TemporaryFile file) {
        super(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        write(new byte[] {(byte) one}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        file.write(offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, offset + length), length);
                    }
                },
                BUFFER_SIZE);
    }
}
