package io.github.imagehost.rest.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text of clients that don't say which characters their bytes are. */
public final class ClientText {

    /** What wrong text in UTF-8 can't be taken for comes first. GB 18030 holds GBK and GB 2312. */
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));

    private ClientText() {}

    /** The text in UTF-8, or else in GB 18030, or else in UTF-8 with U+FFFD for each byte that is no character. */
    public static String decode(byte[] bytes) {
        for (Charset charset : CHARSETS) {
            try {
                return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException e) {
                // another one, then
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The same for bytes that somebody else took for ISO 8859-1, in which every byte is a character. */
    public static String decode(String latin1) {
        return decode(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
