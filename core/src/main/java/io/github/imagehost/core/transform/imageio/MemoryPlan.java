package io.github.imagehost.core.transform.imageio;

import io.github.imagehost.core.format.FirstFrame.Coding;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.webp.WebpCodes;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.transform.Framing;
import io.github.imagehost.core.transform.LoadedImage;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.UndecodableImageException;
import java.util.OptionalInt;

/**
 * How much memory it takes to render a picture, and in how many parts that is done to make do with it.
 *
 * @param bytes in all
 * @param rows how many rows of the picture are decoded at once
 * @param rowsOfPart how many upright rows of the result are rendered at once; empty if that is all of them, with all
 *     that is done to them
 */
record MemoryPlan(long bytes, int rows, OptionalInt rowsOfPart) {

    /** Averages, the upright picture, its colours converted, and what the encoder reads. */
    private static final int BYTES_PER_RENDERED_PIXEL = 16;

    /** Averages alone, and a few rows of all the rest. */
    private static final int BYTES_PER_PIXEL_OF_PART = 5;

    /** What a file, a few rows and the result's bytes may take beside a result that is in memory as a whole. */
    private static final double SHARE_OF_RESULT = 0.5;

    /** How many pixels a result may have that is in memory as a whole. */
    static long mostPixels(long memory) {
        return (long) (SHARE_OF_RESULT * memory / BYTES_PER_RENDERED_PIXEL);
    }

    /**
     * For a picture that was not read yet.
     *
     * @param memory how many bytes there are for it
     * @throws UndecodableImageException if they don't suffice
     */
    static MemoryPlan of(SourceImage image, Framing framing, ImageType format, long memory) {
        // how a WebP is coded, nobody knows before it is read
        Coding likely = image.type() == ImageType.GIF ? Coding.WHOLE : Coding.ROWS;
        return of(image, likely, framing, framing.height(), format, memory);
    }

    /** The same for a picture that was read. */
    static MemoryPlan of(LoadedImage loaded, Framing framing, ImageType format, long memory) {
        WalkedImage walked = loaded.walked();
        return of(
                new SourceImage(walked.type(), walked.width(), walked.height(), loaded.size()),
                walked.firstFrame().coding(),
                framing,
                walked.isOnItsSide() ? framing.width() : framing.height(),
                format,
                memory);
    }

    private static MemoryPlan of(
            SourceImage image, Coding coding, Framing framing, int uprightHeight, ImageType format, long memory) {
        long beside = image.bytes() + (image.type() == ImageType.WEBP ? WebpCodes.FREE_BYTES : 0);
        long available = memory - beside;
        long row = (long) image.width() * bytesPerPixel(image.type(), coding);
        int fewestRows = coding == Coding.ROWS ? 1 : image.height();
        long result = (long) framing.width() * framing.height() * BYTES_PER_RENDERED_PIXEL;
        OptionalInt rowsOfPart = OptionalInt.empty();
        if (result + fewestRows * row > available && format != ImageType.WEBP) {
            long rowOfPart = (long) framing.width() * framing.height() / uprightHeight * BYTES_PER_PIXEL_OF_PART;
            long forPart = coding == Coding.ROWS ? available / 2 : available - fewestRows * row;
            int rows = (int) Math.max(1, Math.min(uprightHeight, forPart / rowOfPart));
            rowsOfPart = OptionalInt.of(rows);
            result = rows * rowOfPart;
        }
        long rows = Math.min(image.height(), (available - result) / row);
        if (rows < fewestRows) {
            throw new UndecodableImageException("The picture needs more memory than the engine has: it has "
                    + image.width() + "x" + image.height() + " pixels in " + image.bytes() + " bytes");
        }
        return new MemoryPlan(beside + result + rows * row, (int) rows, rowsOfPart);
    }

    /**
     * As much as a decoder holds at most. Of a JPEG, libjpeg holds what it has of a progressive one. Of a WebP,
     * TwelveMonkeys' holds four bytes and two that say how they are coded, and four more if alpha is a picture of its
     * own.
     */
    private static int bytesPerPixel(ImageType type, Coding coding) {
        return switch (type) {
            case JPEG -> 3;
            case PNG -> 8;
            case WEBP -> coding == Coding.WHOLE ? 6 : 10;
            case GIF -> 1;
        };
    }
}
