package io.github.imagehost.core.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** Where the colour profile of a picture lies in its file. Immutable. */
public final class ColourProfile {

    private static final int LONGEST = 4 << 20;

    /** Some bytes of the file, from an offset up to another one. */
    public record Part(long from, long to) {}

    private final List<Part> parts;
    private final boolean isDeflated;

    private ColourProfile(List<Part> parts, boolean isDeflated) {
        this.parts = List.copyOf(parts);
        this.isDeflated = isDeflated;
    }

    /** One that lies in the file as it is, in these parts. */
    public static ColourProfile in(List<Part> parts) {
        return new ColourProfile(parts, false);
    }

    /** One that is deflated. */
    public static ColourProfile deflatedIn(Part part) {
        return new ColourProfile(List.of(part), true);
    }

    /**
     * Reads it.
     *
     * @param file that was walked through, as a whole
     * @return a profile as in ICC.1:2022, but nobody has looked whether it is one; empty if it has more than 4 MiB, or
     *     nothing
     */
    public Optional<byte[]> read(byte[] file) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        for (Part part : parts) {
            stored.write(file, (int) part.from(), (int) (part.to() - part.from()));
        }
        byte[] profile = isDeflated ? inflate(stored.toByteArray()) : stored.toByteArray();
        return Optional.of(profile).filter(found -> found.length > 0 && found.length <= LONGEST);
    }

    private static byte[] inflate(byte[] deflated) {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return inflater.readNBytes(LONGEST + 1);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
