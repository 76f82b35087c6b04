package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongOperationIT {

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void theFirstSignalLetsTheOperationStop(String signal, int exitCode) throws Exception {
        Process process = start();
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            assertThat(out.readLine()).isEqualTo(LongOperationMain.READY);

            send(signal, process);

            assertThat(err.lines())
                    .startsWith("Stopping; once more ends at once")
                    .last()
                    .isEqualTo("imagehost: Stopped before the end. What was done stays done."
                            + " Give the same command again to go on");
            assertThat(out.lines()).containsExactly("hooks run");
            assertThat(exitCode(process)).isEqualTo(exitCode);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, INT, 130", "TERM, INT, 130", "INT, TERM, 143"})
    void theSecondSignalEndsTheProcessAtOnce(String first, String second, int exitCode) throws Exception {
        Process process = start(LongOperationMain.DEAF);
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            assertThat(out.readLine()).isEqualTo(LongOperationMain.READY);
            send(first, process);
            assertThat(err.readLine()).startsWith("Stopping");

            send(second, process);

            assertThat(out.lines()).isEmpty();
            assertThat(exitCode(process)).isEqualTo(exitCode);
        }
    }

    private Process start(String... arguments) throws IOException {
        // a build in the background may have been told to ignore SIGINT, and its children inherit that
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", RunnableJar.JAVA));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LongOperationMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static void send(String signal, Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertThat(exitCode(kill)).isZero();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
