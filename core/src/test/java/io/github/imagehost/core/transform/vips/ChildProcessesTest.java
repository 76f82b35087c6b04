package io.github.imagehost.core.transform.vips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.transform.EngineOverloadedException;
import io.github.imagehost.core.transform.TimeLimit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChildProcessesTest {

    private static final TimeLimit PATIENCE = TimeLimit.of(Duration.ofMinutes(1));

    private final ChildProcesses processes = new ChildProcesses();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void inputAndOutputMayBeLongerThanAPipe() {
        byte[] input = new byte[1 << 20];

        ChildProcesses.Result result = processes.run(List.of("/bin/cat"), input, PATIENCE);

        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).isEqualTo(input);
    }

    @Test
    void aProcessThatTakesTooLongIsKilled() {
        TimeLimit limit = TimeLimit.of(Duration.ofMillis(100));

        assertThatExceptionOfType(EngineOverloadedException.class)
                .isThrownBy(() -> processes.run(List.of("/bin/sleep", "4711"), new byte[0], limit));

        assertThat(ProcessHandle.current().children().filter(ChildProcessesTest::isSleeping))
                .allSatisfy(child -> assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(30)));
    }

    private static boolean isSleeping(ProcessHandle child) {
        return child.info().commandLine().orElse("").contains("4711");
    }

    @Test
    void aProcessNeedNotReadItsInput() {
        ChildProcesses.Result result =
                processes.run(List.of("/bin/sh", "-c", "echo no >&2; exit 3"), new byte[1 << 20], PATIENCE);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.message()).isEqualTo("no");
    }

    @Test
    void aProcessKnowsNothingOfOurEnvironment() {
        ChildProcesses.Result result = processes.run(List.of("/usr/bin/env"), new byte[0], PATIENCE);

        assertThat(new String(result.output(), StandardCharsets.UTF_8).lines())
                .containsExactlyInAnyOrder(
                        "LC_ALL=C.UTF-8", "VIPS_BLOCK_UNTRUSTED=1", "VIPS_CONCURRENCY=2", "MALLOC_ARENA_MAX=2");
    }

    @Test
    void aProcessThatCanNotBeStartedIsNoFaultOfThePicture() {
        assertThatExceptionOfType(EngineOverloadedException.class)
                .isThrownBy(() -> processes.run(List.of("/no/such/program"), new byte[0], PATIENCE));
    }
}
