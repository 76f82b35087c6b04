package io.github.imagehost.core.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * What is behind a link, whatever it is. Close it to end its connection.
 *
 * @param originalName what the link calls it; empty if it has no name
 * @param size how many bytes it is said to have; empty if nothing is said
 * @param content fails with a {@link FetchException} if it does not come to its proper end in time
 */
public record LinkedPicture(String originalName, OptionalLong size, InputStream content) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        content.close();
    }
}
