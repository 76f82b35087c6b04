package io.github.imagehost.cli;

import io.github.imagehost.cli.CommandRunner.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, run as a process in a working directory, with what makes a JVM start quickly. */
public final class RunnableJar {

    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final int LIMIT_SECONDS = 120;
    private static final int POLL_MILLIS = 20;
    private static final Path JAR = Path.of(System.getProperty("imagehost.jar")).toAbsolutePath();
    private static final Path LIB =
            Path.of(System.getProperty("imagehost.home"), "lib").toAbsolutePath();
    private static final String CLASS_PATH =
            LIB.resolve("imagehost-app-cli.jar").toString();
    /** As the launcher has them for short commands. */
    private static final List<String> QUICK_START = List.of(
            "-Xshare:auto",
            "-Xlog:disable",
            "-XX:TieredStopAtLevel=1",
            "-XX:SharedArchiveFile=" + LIB.resolve("imagehost-" + System.getProperty("java.version") + ".jsa"));

    private final Path workingDirectory;
    private final Map<String, String> environment;

    public RunnableJar(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
    }

    public Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Runs it as people do who have nothing but the jar. */
    Result runPlainly(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return start(command, workingDirectory, environment).await();
    }

    public Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(QUICK_START);
        command.addAll(List.of("-jar", CLASS_PATH));
        command.addAll(List.of(arguments));
        return start(command, workingDirectory, environment);
    }

    /** Starts another program of the tests, which has the classes of the packaged one. */
    public static ProcessBuilder program(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(QUICK_START);
        command.addAll(
                List.of("-cp", CLASS_PATH + File.pathSeparator + Path.of("target", "test-classes"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Starts any program, with nothing but this environment. */
    public static Running start(List<String> command, Path workingDirectory, Map<String, String> environment)
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
    public record Running(Process process, Path out, Path err) {

        /** Returns when this was printed on standard error. */
        public void awaitError(String text) throws IOException, InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            boolean ended = false;
            while (!Files.readString(err).contains(text)) {
                if (ended || System.nanoTime() > end) {
                    throw new AssertionError("'" + text + "' was not printed: " + Files.readString(err));
                }
                ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        public Result await() throws IOException, InterruptedException {
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
