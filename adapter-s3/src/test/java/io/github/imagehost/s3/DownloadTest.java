package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.s3.S3Bucket.OpenObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What a download asks of the SDK's connection, which no server gets to see. */
class DownloadTest {

    private static final ObjectKey KEY = new ObjectKey("a.png");
    private static final int SIZE = 100;

    private final Abortable connection = mock(Abortable.class);

    @Test
    void givesTheConnectionUpWhenItIsClosedBeforeItsEnd() throws IOException {
        Download download = Download.of(KEY, object(SIZE, SIZE, null));
        assertThat(download.readNBytes(SIZE - 1)).hasSize(SIZE - 1);

        download.close();
        download.close();

        verify(connection).abort();
    }

    @Test
    void keepsTheConnectionForTheNextOneWhenItIsReadToItsEnd() throws IOException {
        try (Download download = Download.of(KEY, object(SIZE, SIZE, null))) {
            assertThat(download.readAllBytes()).hasSize(SIZE);
        }

        verify(connection, never()).abort();
    }

    @Test
    void givesTheConnectionUpWhenTheBytesEndTooEarly() throws IOException {
        try (Download download = Download.of(KEY, object(SIZE - 1, SIZE, null))) {
            assertThatThrownBy(download::readAllBytes)
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining(KEY.value());
        }

        verify(connection).abort();
    }

    @Test
    void givesTheConnectionUpWhenTheStoreSendsAnotherPart() {
        OpenObject another = object(SIZE, SIZE, "bytes 5-104/500");

        assertThatThrownBy(() -> Download.of(KEY, new ByteRange(0, SIZE), another))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(KEY.value());

        verify(connection).abort();
    }

    private OpenObject object(int bytes, long announced, @Nullable String contentRange) {
        return new OpenObject(
                GetObjectResponse.builder()
                        .contentLength(announced)
                        .contentRange(contentRange)
                        .build(),
                AbortableInputStream.create(new ByteArrayInputStream(new byte[bytes]), connection));
    }
}
