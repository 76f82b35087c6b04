package io.github.imagehost.core.format.walk;

import io.github.imagehost.core.format.Budget;
import io.github.imagehost.core.format.Ending;
import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.gif.GifPixels;
import io.github.imagehost.core.format.gif.GifWalk;
import io.github.imagehost.core.format.jpeg.JpegWalk;
import io.github.imagehost.core.format.png.PngPixels;
import io.github.imagehost.core.format.png.PngWalk;
import io.github.imagehost.core.format.webp.WebpWalk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Walks through image files, whose format is recognised by their first bytes. */
public final class ImageWalker {

    /** How many bytes of a file tell its format; no picture has fewer. */
    public static final int HEAD = 12;

    private static final int JPEG_SIGNATURE = 0xffd8;
    private static final int PNG_SIGNATURE = 0x89504e47;
    private static final int GIF_SIGNATURE = 0x47494638;

    private ImageWalker() {}

    /**
     * Whether a file begins as a picture of a known format does.
     *
     * @param head the first {@value #HEAD} bytes, or all if there are fewer
     */
    public static boolean recognises(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.startsWith("\u00ff\u00d8")
                || text.startsWith("\u0089PNG")
                || text.startsWith("GIF8")
                || (text.startsWith("RIFF") && text.startsWith("WEBP", 8));
    }

    /**
     * Walks through a file, in time that grows with its size and memory that grows with its metadata.
     *
     * @return empty if it does not begin as a picture of a known format does
     * @throws MalformedImageException if it does, but is no such picture
     * @throws ImageLimitException if it is one beyond the limits
     * @throws IOException if it can't be read
     */
    public static Optional<WalkedImage> walk(PositionalSource file, ImageLimits limits, MetadataPolicy policy)
            throws IOException, MalformedImageException, ImageLimitException {
        return walk(file, limits, policy, Ending.REQUIRED, () -> {});
    }

    /**
     * Walks through a file that {@link #walk} refuses, for it may lack no more than its last bytes, or have others in
     * their place. What is stored of it has an end, which is put behind the last pixel. Of a JPEG the codes of all
     * pixels are read, which takes up to a byte of memory for each eight samples if it is progressive, and time that
     * grows with its pixels and scans, also where these are but a few bytes. Whether all pixels of another format are
     * there, {@link PngPixels} and {@link GifPixels} tell.
     *
     * @param check is run again and again while the codes of a JPEG are read, also while no byte of the file is; what
     *     it throws ends the walk
     * @return empty if it does not begin as a picture of a known format does
     * @throws MalformedImageException if it does, but something else is wrong with it than its end
     * @throws ImageLimitException if it is a picture beyond the limits
     * @throws IOException if it can't be read
     */
    public static Optional<WalkedImage> walkWithoutEnd(
            PositionalSource file, ImageLimits limits, MetadataPolicy policy, Runnable check)
            throws IOException, MalformedImageException, ImageLimitException {
        return walk(file, limits, policy, Ending.SUPPLIED, check);
    }

    private static Optional<WalkedImage> walk(
            PositionalSource file, ImageLimits limits, MetadataPolicy policy, Ending ending, Runnable check)
            throws IOException, MalformedImageException, ImageLimitException {
        if (file.size() < HEAD) {
            return Optional.empty();
        }
        FormatInput in = new FormatInput(file);
        Budget budget = new Budget(limits);
        int start = (int) in.bigEndian(2);
        if (start == JPEG_SIGNATURE) {
            return Optional.of(new JpegWalk(in, budget, policy, ending, check).walk());
        }
        int signature = start << 16 | (int) in.bigEndian(2);
        if (signature == PNG_SIGNATURE) {
            return Optional.of(PngWalk.walk(in, budget, policy, ending));
        }
        if (signature == GIF_SIGNATURE) {
            return Optional.of(new GifWalk(in, budget, policy, ending).walk());
        }
        if (signature == FormatInput.fourCc("RIFF")) {
            long length = in.littleEndian(4);
            return in.fourCc() == FormatInput.fourCc("WEBP")
                    ? Optional.of(new WebpWalk(in, budget, policy, length).walk())
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
