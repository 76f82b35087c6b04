package io.github.imagehost.core.intake;

import io.github.imagehost.core.intake.refusal.MalformedBase64Exception;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * Decodes Base64 (RFC 4648, 4) with line breaks, blanks and tabs anywhere, piece by piece. Unlike the JDK's streams it
 * tells what is no Base64 from what can't be read, and unlike a decoder for mail it lets nothing else pass. For one
 * thread.
 */
public final class Base64InputStream extends InputStream {

    /** A multiple of 4, so that each piece can be decoded alone. */
    private static final int PIECE = 16 * 1024;

    private final InputStream encoded;
    private final byte[] input = new byte[PIECE];
    private byte[] decoded = new byte[0];
    private int position;
    private boolean ended;

    /** Reads no further than it has to; closing it does not close the other. */
    public Base64InputStream(InputStream encoded) {
        this.encoded = encoded;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws MalformedBase64Exception if what comes is no Base64 */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        while (position == decoded.length) {
            if (ended) {
                return -1;
            }
            decodeNext();
        }
        int count = Math.min(length, decoded.length - position);
        System.arraycopy(decoded, position, buffer, offset, count);
        position += count;
        return count;
    }

    private void decodeNext() throws IOException {
        int size = 0;
        while (size < PIECE && !ended) {
            int count = encoded.read(input, size, PIECE - size);
            ended = count < 0;
            size = withoutSpace(size, size + Math.max(count, 0));
        }
        try {
            decoded = Base64.getDecoder().decode(Arrays.copyOf(input, size));
        } catch (IllegalArgumentException e) {
            throw new MalformedBase64Exception(e);
        }
        position = 0;
        if (!ended && input[size - 1] == '=') {
            requireOnlySpace();
        }
    }

    /** Moves what is no space among the new characters together, and answers where it ends. */
    private int withoutSpace(int start, int end) {
        int kept = start;
        for (int i = start; i < end; i++) {
            byte character = input[i];
            if (character != '\r' && character != '\n' && character != ' ' && character != '\t') {
                input[kept++] = character;
            }
        }
        return kept;
    }

    /** Nothing follows the padding. */
    private void requireOnlySpace() throws IOException {
        while (!ended) {
            int count = encoded.read(input, 0, PIECE);
            ended = count < 0;
            if (withoutSpace(0, Math.max(count, 0)) > 0) {
                throw new MalformedBase64Exception();
            }
        }
    }
}
