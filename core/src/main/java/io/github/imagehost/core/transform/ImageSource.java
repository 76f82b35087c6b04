package io.github.imagehost.core.transform;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of a picture come from. */
@FunctionalInterface
public interface ImageSource {

    /**
     * A new stream over all the bytes; whoever opens it closes it.
     *
     * @throws IOException if the bytes can't be read
     */
    InputStream open() throws IOException;

    /**
     * What is known of the picture when its bytes are there: a header that nobody could look at before may say more than the
     * announcement, by which the engine has let the picture in.
     *
     * @param bytes the whole file
     * @param announced as {@link ImageEngine#render} was told
     * @throws UndecodableImageException if the bytes are no picture, or another one than announced
     */
    default SourceImage describe(byte[] bytes, SourceImage announced) {
        return announced;
    }
}
