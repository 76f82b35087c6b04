package io.github.imagehost.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.RunnableJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongOperationIT {

    private static final int CTRL_C = 3;

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

    @Test
    void onATerminalThereIsABarAndCtrlCStopsTheOperation() throws Exception {
        Process terminal = start(List.of("script", "-qefc", String.join(" ", command()), "/dev/null"));
        try (BufferedReader out = terminal.inputReader()) {
            readUntil("\r\u001b[K0 files", out);

            terminal.getOutputStream().write(CTRL_C);
            terminal.getOutputStream().flush();

            assertThat(out.lines())
                    .anyMatch(line -> line.contains("Stopping; once more ends at once"))
                    .anyMatch(line -> line.contains("Stopped before the end."));
            assertThat(exitCode(terminal)).isEqualTo(130);
        }
    }

    private static void readUntil(String text, BufferedReader in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int character = in.read();
            assertThat(character).as("what comes after '%s'", read).isNotNegative();
            read.append((char) character);
        }
    }

    private Process start(String... arguments) throws IOException {
        return start(command(arguments));
    }

    private Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static List<String> command(String... arguments) {
        // a build in the background may have been told to ignore SIGINT, and its children inherit that
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", RunnableJar.JAVA));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LongOperationMain.class.getName()));
        command.addAll(List.of(arguments));
        return command;
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
