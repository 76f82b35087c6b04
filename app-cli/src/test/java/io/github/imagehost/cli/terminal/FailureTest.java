package io.github.imagehost.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.Main;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.testing.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

    private static final int LARGER_THAN_MEMORY_THRESHOLD = 9_000_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource
    void makesSenseToTryAgain(RuntimeException exception) {
        assertThat(Failure.of(exception).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(Failure.of(exception).code()).isEqualTo("service_unavailable");
    }

    static Stream<RuntimeException> makesSenseToTryAgain() {
        return Stream.of(
                new StoreUnavailableException("Can't store an object"),
                new RepositoryUnavailableException("Can't claim a digest"),
                new CommitStateUnknownException("Lost the connection"),
                new SettingsException("S3_ENDPOINT", new ConnectException("refused")),
                new SettingsException("S3_ENDPOINT", new IllegalStateException(new SocketTimeoutException("silent"))),
                new SettingsException("DB_HOST", new UnknownHostException("db.example")));
    }

    @ParameterizedTest
    @MethodSource
    void isSomethingElse(RuntimeException exception) {
        assertThat(Failure.of(exception).exitCode()).isEqualTo(ExitCode.INTERNAL);
        assertThat(Failure.of(exception).code()).isEqualTo("internal_error");
    }

    static Stream<RuntimeException> isSomethingElse() {
        return Stream.of(
                new StoreException("There is other content"),
                new ObjectNotFoundException("There is no object"),
                new RepositoryException("The schema can't be migrated"),
                new IllegalStateException());
    }

    @Test
    void isAWrongSettingThoughAServerAnswered() {
        SettingsException exception =
                new SettingsException("S3_ENDPOINT speaks no TLS", new SSLHandshakeException("not TLS"));

        assertThat(Failure.of(exception))
                .isEqualTo(new Failure(ExitCode.SETTINGS, "settings_wrong", "S3_ENDPOINT speaks no TLS"));
    }

    @Test
    void tellsTheInnermostReason() {
        StoreException exception =
                new StoreException("Can't store", new IllegalStateException("outer", new IOException("disk full")));

        assertThat(Failure.of(exception).message()).isEqualTo("Can't store: disk full");
    }

    @Test
    void isCalledAfterItsClassIfItHasNoMessage() {
        assertThat(Failure.of(new IllegalStateException()).message()).isEqualTo("IllegalStateException");
    }

    @Test
    void tellsThatAFileMayNotBeRead() {
        assertThat(Failure.of(new AccessDeniedException("cat.png")))
                .isEqualTo(new Failure(ExitCode.NOT_DONE, "file_unreadable", "The file may not be read"));
    }

    @Test
    void endsAnUploadWithTheCodeThatTellsMost() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("spool"), "not a directory");
        Path empty = Files.createFile(directory.resolve("empty.png"));
        Path picture = Files.write(directory.resolve("large.jpg"), Pictures.jpegOfSize(LARGER_THAN_MEMORY_THRESHOLD));
        CommandRunner imagehost = CommandRunner.in(data).impatient();

        Result result = imagehost.run("upload", "--json", empty.toString(), picture.toString(), empty.toString());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.json().get("failed").findValuesAsString("code"))
                .containsExactly("file_empty", "service_unavailable", "file_empty");
    }

    @Test
    void showsWhereAnErrorComesFromOnlyToThoseWhoAsk() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) {
                throw new IllegalStateException("the cable\nis loose");
            }
        };

        CommandRunner imagehost = CommandRunner.in(directory);

        assertThat(imagehost.reading(broken).run("upload", "-", "--verbose").err())
                .startsWith("imagehost: -: the cable is loose")
                .contains("\tat ");
        assertThat(imagehost.reading(broken).run("upload", "-"))
                .isEqualTo(new Result(70, "", "imagehost: -: the cable is loose" + System.lineSeparator()));
    }

    @Test
    void showsTheStackTraceOfOneFile() {
        Result result = CommandRunner.in(directory).run("upload", "--verbose", "absent.png");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("imagehost: absent.png: There is no such file")
                .contains("java.nio.file.NoSuchFileException", "\tat ");
    }

    @Test
    void showsTheStackTraceOfACommand() {
        CommandRunner imagehost = CommandRunner.in(directory).with("MAX_FILE_SIZE", "abc");

        assertThat(imagehost.run("list").err()).hasLineCount(1);
        assertThat(imagehost.run("list", "--verbose").err())
                .startsWith("imagehost: MAX_FILE_SIZE is 'abc'")
                .contains("\tat io.github.imagehost.cli.session.Bootstrap.open");
    }

    @Test
    void noticesThatStandardOutputIsGone() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int exitCode = Main.run(Map.of(), new Terminal(InputStream.nullInputStream(), full, err, false), "--version");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("imagehost: Standard output can't be written to" + System.lineSeparator());
    }
}
