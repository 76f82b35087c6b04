package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.s3.S3Bucket.OpenObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What a download asks of the SDK's connection, which no server gets to see. */
class DownloadTest {

    private static final ObjectKey KEY = new ObjectKey("cat.png");
    private static final byte[] BYTES = {1, 2, (byte) 255};

    private final Abortable connection = mock(Abortable.class);
    private final AtomicBoolean closed = new AtomicBoolean();

    @Test
    void givesAllBytesAndReleasesTheConnection() throws IOException {
        Download download = Download.of(KEY, answer(response -> response.contentLength(3L)));

        assertThat(download.available()).isEqualTo(3);
        assertThat(download.read()).isEqualTo(1);
        assertThat(download.readAllBytes()).containsExactly(2, 255);
        assertThat(download.read()).isEqualTo(-1);
        download.close();
        download.close();

        assertThat(closed).isTrue();
        verify(connection, never()).abort();
        assertThatThrownBy(download::read).isInstanceOf(IOException.class).hasMessageContaining("cat.png");
    }

    @Test
    void neverEndsEarlyWithoutAnError() throws IOException {
        try (Download download = Download.of(KEY, answer(response -> response.contentLength(4L)))) {
            assertThatThrownBy(download::readAllBytes)
                    .isInstanceOf(EOFException.class)
                    .hasMessage("The store ended cat.png 1 bytes too early");
        }
        verify(connection).abort();
    }

    @Test
    void givesTheConnectionUpWhenItIsClosedEarly() throws IOException {
        Download download = Download.of(KEY, answer(response -> response.contentLength(3L)));
        assertThat(download.read()).isEqualTo(1);

        download.close();

        verify(connection).abort();
        assertThat(closed).isFalse();
    }

    @Test
    void refusesAnAnswerWithoutALength() {
        OpenObject answer = answer(response -> {});

        assertThatThrownBy(() -> Download.of(KEY, answer))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cat.png");
        verify(connection).abort();
    }

    @Test
    void takesTheWholeForARangeThatCoversIt() throws IOException {
        OpenObject answer = answer(response -> response.contentLength(3L));

        try (Download download = Download.of(KEY, new ByteRange(0, 3), answer)) {
            assertThat(download.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void refusesAnotherPartThanTheOneThatWasAskedFor() {
        OpenObject answer = answer(response -> response.contentLength(3L).contentRange("bytes 5-7/500"));

        assertThatThrownBy(() -> Download.of(KEY, new ByteRange(0, 3), answer))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cat.png");
        verify(connection).abort();
    }

    private OpenObject answer(Consumer<GetObjectResponse.Builder> description) {
        InputStream bytes = new ByteArrayInputStream(BYTES) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        GetObjectResponse.Builder response = GetObjectResponse.builder();
        description.accept(response);
        return new OpenObject(response.build(), AbortableInputStream.create(bytes, connection));
    }
}
