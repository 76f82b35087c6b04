package io.github.imagehost.core.intake;

import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Receives pictures from outside and refuses what is none. Touches neither store nor repository. Safe for use by many
 * threads.
 */
public final class Intake {

    private final Spool spool;
    private final UploadPolicy policy;

    public Intake(Spool spool, UploadPolicy policy) {
        this.spool = spool;
        this.policy = policy;
    }

    /**
     * Reads a stream to its end and looks at what it holds.
     *
     * @param originalName what the uploader calls it, any text
     * @param source stays open
     * @return the picture; whoever asked for it closes it
     * @throws UploadRefusedException if it is empty, too large or no image of an allowed type
     * @throws SpoolException if it can't be kept while it is received
     * @throws IOException if the source can't be read
     */
    public ReceivedImage receive(String originalName, InputStream source) throws IOException {
        SpooledContent content = spool.receive(source, policy.maxFileSize());
        try {
            ImageHeader header = inspect(content)
                    .filter(found -> policy.allowedTypes().contains(found.type()))
                    .orElseThrow(() -> new UnsupportedImageException(policy.allowedMimeTypes()));
            ImageType type = header.type();
            ImageDescriptor descriptor =
                    new ImageDescriptor(content.digest(), content.size(), type, header.width(), header.height());
            return new ReceivedImage(OriginalNames.clean(originalName, type), descriptor, content);
        } catch (RuntimeException e) {
            content.close();
            throw e;
        }
    }

    private static Optional<ImageHeader> inspect(SpooledContent content) {
        try (InputStream in = new BufferedInputStream(content.open())) {
            return ImageHeader.read(in);
        } catch (IOException e) {
            throw new SpoolException("Can't read a spooled upload", e);
        }
    }
}
