package io.github.imagehost.core.transform;

import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.Rewrite;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.walk.ImageWalker;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A picture in memory, and what its structure says. Immutable. */
public final class LoadedImage {

    private final byte[] file;
    private final WalkedImage walked;

    private LoadedImage(byte[] file, WalkedImage walked) {
        this.file = file;
        this.walked = walked;
    }

    /**
     * Reads a picture, and walks through it.
     *
     * @throws IOException if the source can't be read, or has another length than announced
     * @throws UndecodableImageException if it is no picture
     */
    public static LoadedImage read(ImageSource source, SourceImage announced) throws IOException {
        byte[] file = readWhole(source, announced.bytes());
        try {
            WalkedImage walked = ImageWalker.walk(
                            PositionalSource.of(file), ImageLimits.UNLIMITED, MetadataPolicy.STRIP)
                    .orElseThrow(() -> new UndecodableImageException("The picture is of no known format"));
            return new LoadedImage(file, walked);
        } catch (MalformedImageException | ImageLimitException e) {
            throw UndecodableImageException.because(e);
        }
    }

    private static byte[] readWhole(ImageSource source, long bytes) throws IOException {
        try (InputStream in = source.open()) {
            byte[] content = in.readNBytes((int) bytes);
            if (content.length < bytes || in.read() >= 0) {
                throw new IOException("The picture does not have " + bytes + " bytes");
            }
            return content;
        }
    }

    /** What is known of it. */
    public WalkedImage walked() {
        return walked;
    }

    /** How many bytes the file has. */
    public int size() {
        return file.length;
    }

    /** The profile of its colours; empty if it has none, or one for another kind of colours, which viewers ignore. */
    public Optional<ICC_Profile> profile() {
        return walked.colours()
                .profile()
                .flatMap(profile -> profile.read(file))
                .flatMap(LoadedImage::parse)
                .filter(profile ->
                        profile.getNumComponents() == walked.colours().channels());
    }

    private static Optional<ICC_Profile> parse(byte[] profile) {
        try {
            return Optional.of(ICC_Profile.getInstance(profile));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The copy for a decoder: without metadata, of which decoders believe more than browsers do.
     *
     * @param convertsColours whether the decoder does that itself, for which it gets the colour profile
     */
    public PositionalSource copyFor(boolean convertsColours) {
        Rewrite rewrite = convertsColours ? walked.rewrite() : walked.rewrite().forDecoders();
        return rewrite.of(PositionalSource.of(file));
    }
}
