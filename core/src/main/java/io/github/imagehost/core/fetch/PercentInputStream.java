package io.github.imagehost.core.fetch;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Decodes what is written as {@code %41} (RFC 3986, 2.1); a percent sign that nothing follows stands for itself, as in
 * browsers. For one thread.
 */
final class PercentInputStream extends FilterInputStream {

    private static final int RADIX = 16;

    private final PushbackInputStream encoded;

    PercentInputStream(InputStream encoded) {
        super(new PushbackInputStream(encoded, 2));
        this.encoded = (PushbackInputStream) in;
    }

    static byte[] decode(String text) {
        try (InputStream decoded =
                new PercentInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            return decoded.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        int value = encoded.read();
        if (value != '%') {
            return value;
        }
        byte[] digits = encoded.readNBytes(2);
        int high = digits.length == 2 ? Character.digit(digits[0], RADIX) : -1;
        int low = digits.length == 2 ? Character.digit(digits[1], RADIX) : -1;
        if (high < 0 || low < 0) {
            encoded.unread(digits);
            return '%';
        }
        return high * RADIX + low;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int count = 0;
        while (count < length) {
            int value = read();
            if (value < 0) {
                return count == 0 ? -1 : count;
            }
            bytes[offset + count++] = (byte) value;
        }
        return count;
    }
}
