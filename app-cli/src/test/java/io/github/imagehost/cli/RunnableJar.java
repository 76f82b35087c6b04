package io.github.imagehost.cli;

import io.github.imagehost.cli.CommandRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, run as a process in a working directory. */
final class RunnableJar {

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final int LIMIT_SECONDS = 120;
    private static final Path JAR = Path.of(System.getProperty("imagehost.jar")).toAbsolutePath();

    private final Path workingDirectory;
    private final Map<String, String> environment;

    RunnableJar(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
    }

    static Path path() {
        return JAR;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return start(command, workingDirectory, environment);
    }

    /** Starts any program, with nothing but this environment. */
    static Running start(List<String> command, Path workingDirectory, Map<String, String> environment)
            throws IOException {
        Path out = Files.createTempFile("imagehost", ".out");
        Path err = Files.createTempFile("imagehost", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    /** A process and where its output goes. */
    record Running(Process process, Path out, Path err) {

        Result await() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The command did not come to an end: " + Files.readString(err));
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        }
    }
}
