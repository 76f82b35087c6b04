package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Images as a repository answers them, without a repository. */
public final class TestImages {

    /** When every one of them was uploaded. */
    public static final Instant UPLOADED_AT = Instant.parse("2026-01-31T16:00:00.123Z");

    /** When every one of them was last changed. */
    public static final Instant UPDATED_AT = Instant.parse("2026-02-01T08:30:00.456Z");

    private TestImages() {}

    /** The default owner's PNG with this id and name. */
    public static Image image(long id, String originalName) {
        String filename = "image" + id + ".png";
        ImageDescriptor content = new ImageDescriptor(
                TestContent.digestOf(filename.getBytes(StandardCharsets.UTF_8)), 1234, ImageType.PNG, 640, 480);
        ObjectKey key = new ObjectKey("object" + id + ".png");
        return new Image(
                id, OwnerId.DEFAULT, filename, originalName, content, key, UPLOADED_AT, UPDATED_AT, Sharing.UNLIMITED);
    }
}
