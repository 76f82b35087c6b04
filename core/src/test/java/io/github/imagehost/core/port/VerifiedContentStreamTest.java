package io.github.imagehost.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.VerifiedContentStream;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.TestContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedContentStreamTest {

    private static final ObjectKey KEY = new ObjectKey("cat.png");
    private static final TestContent CONTENT = TestContent.ofSize(5000, 1);

    /** What some stream says, though it was announced as something else. */
    private record Announced(InputStream in, Digest digest, long size, boolean mayHaveChanged)
            implements ObjectContent {

        static Announced of(InputStream in) {
            return new Announced(in, CONTENT.digest(), CONTENT.size(), true);
        }

        @Override
        public String mimeType() {
            return "image/png";
        }

        @Override
        public InputStream open() {
            return in;
        }
    }

    @Test
    void givesTheBytes() throws IOException {
        try (InputStream in = VerifiedContentStream.open(KEY, CONTENT)) {
            assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(CONTENT.bytes()[0]));
            assertThat(in.readAllBytes()).hasSize(4999).endsWith(CONTENT.bytes()[4999]);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4999, 5000})
    void givesNotTheLastByteOfWrongOnes(int size) throws IOException {
        byte[] wrong = CONTENT.bytes();
        wrong[100]++;
        try (InputStream in = VerifiedContentStream.open(KEY, Announced.of(new ByteArrayInputStream(wrong, 0, size)))) {
            assertThat(in.readNBytes(4998)).hasSize(4998);

            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(ContentMismatchException.class)
                    .hasMessageStartingWith("The bytes to store under cat.png ");
        }
    }

    @Test
    void givesNotTheLastByteOfThoseThatGoOn() throws IOException {
        try (InputStream in = VerifiedContentStream.open(KEY, CONTENT.withSize(4999))) {
            assertThat(in.readNBytes(4998)).hasSize(4998);

            assertThatThrownBy(in::read)
                    .isInstanceOf(ContentMismatchException.class)
                    .hasMessage("The bytes to store under cat.png go on after the announced 4999");
        }
    }

    @Test
    void saysHowManyBytesAreMissing() throws IOException {
        try (InputStream in = VerifiedContentStream.open(KEY, CONTENT.withSize(5001))) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(ContentMismatchException.class)
                    .hasMessage("The bytes to store under cat.png end 1 bytes before the announced 5001");
        }
    }

    @Test
    void looksAtNoneAlso() {
        AtomicBoolean isClosed = new AtomicBoolean();
        InputStream one = new ByteArrayInputStream(new byte[1]) {
            @Override
            public void close() {
                isClosed.set(true);
            }
        };

        assertThatThrownBy(() -> VerifiedContentStream.open(KEY, new Announced(one, CONTENT.digest(), 0, true)))
                .isInstanceOf(ContentMismatchException.class)
                .hasMessage("The bytes to store under cat.png go on after the announced 0");
        assertThat(isClosed).isTrue();
    }

    @Test
    void ofWhatCannotHaveChangedItChecksTheLengthOnly() throws IOException {
        byte[] others = TestContent.ofSize(5000, 2).bytes();
        Announced unchanged = new Announced(new ByteArrayInputStream(others), CONTENT.digest(), CONTENT.size(), false);
        try (InputStream in = VerifiedContentStream.open(KEY, unchanged)) {
            assertThat(in.readAllBytes()).isEqualTo(others);
        }

        Announced tooLong = new Announced(new ByteArrayInputStream(others), CONTENT.digest(), 4999, false);
        try (InputStream in = VerifiedContentStream.open(KEY, tooLong)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(ContentMismatchException.class);
        }
    }

    @Test
    void bytesThatCannotBeReadAreNoFaultOfTheStore() throws IOException {
        try (InputStream in =
                VerifiedContentStream.open(KEY, Announced.of(new BrokenInputStream(CONTENT.bytes(), 4000)))) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(StoreException.class)
                    .hasMessage("Can't read the bytes to store under cat.png")
                    .hasCauseInstanceOf(IOException.class);
        }
    }
}
