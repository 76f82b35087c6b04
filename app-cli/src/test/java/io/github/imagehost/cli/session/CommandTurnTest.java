package io.github.imagehost.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.LockAttempt;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTurnTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void isHadByOneAtATime() throws Exception {
        Path proof = directory.resolve("held");

        assertThat(Concurrently.run(8, () -> {
                    CommandTurn turn = CommandTurn.await(directory.resolve("command.lock"), LONG);
                    Files.createFile(proof);
                    Files.delete(proof);
                    turn.end();
                    return "had it alone";
                }))
                .hasSize(8)
                .containsOnly("had it alone");
    }

    @Test
    void isNotWaitedForForever() throws IOException {
        Path file = directory.resolve("data").resolve("command.lock");
        CommandTurn first = CommandTurn.await(file, LONG);

        CommandTurn second = CommandTurn.await(file, Duration.ofMillis(50));

        second.end();
        first.end();
        assertThat(file).isRegularFile();
    }

    @Test
    void whoGoesOnWithoutItLetsNobodyElseIn() throws Exception {
        Path file = directory.resolve("command.lock");
        CommandTurn first = CommandTurn.await(file, LONG);

        CommandTurn.await(file, Duration.ofMillis(50)).end();

        assertThat(LockAttempt.succeedsOn(file)).isFalse();
        first.end();
        assertThat(LockAttempt.succeedsOn(file)).isTrue();
    }

    @Test
    void needsAFileThatCanBeMade() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> CommandTurn.await(file.resolve("command.lock"), LONG))
                .isInstanceOf(FileSystemException.class);
    }
}
