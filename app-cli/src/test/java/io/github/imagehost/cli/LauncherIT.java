package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder that is installed: launcher, archive of classes, completions, man pages. */
class LauncherIT {

    private static final Path HOME =
            Path.of(System.getProperty("imagehost.home")).toAbsolutePath();
    private static final String VERSION_LINE = "imagehost " + System.getProperty("imagehost.version");

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void useTheJavaOfTheTests() {
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", System.getenv("PATH"));
    }

    @Test
    void worksInAnyDirectoryAndEndsWithTheExitCodeOfTheCommand() throws Exception {
        Result result = run(HOME.resolve("bin/imagehost"), "show", "17");

        assertThat(result).isEqualTo(new Result(1, "", "imagehost: There is no image 17" + System.lineSeparator()));
        assertThat(directory.resolve("data")).isDirectory();
    }

    @Test
    void worksThroughLinks() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("usr/bin"));
        Path absolute = Files.createSymbolicLink(directory.resolve("usr/imagehost"), HOME.resolve("bin/imagehost"));
        Path relative = Files.createSymbolicLink(bin.resolve("ih"), Path.of("../imagehost"));

        assertThat(run(absolute, "--version").onlyLine()).isEqualTo(VERSION_LINE);
        assertThat(run(relative, "--version").onlyLine()).isEqualTo(VERSION_LINE);
    }

    @Test
    void worksInAFolderWithBlanksAndPassesArgumentsAsTheyAre() throws Exception {
        Path home = copyOfHome("with blanks * in it");

        assertThat(run(home.resolve("bin/imagehost"), "upload", "two  blanks *.png")
                        .err())
                .isEqualTo("imagehost: two  blanks *.png: There is no such file" + System.lineSeparator());
    }

    @Test
    void findsJavaOnThePath() throws Exception {
        environment.remove("JAVA_HOME");
        Path links = Files.createDirectory(directory.resolve("links"));
        Files.createSymbolicLink(links.resolve("java"), Path.of(RunnableJar.JAVA));
        environment.put("PATH", links + ":" + System.getenv("PATH"));

        assertThat(run(HOME.resolve("bin/imagehost"), "--version").onlyLine()).isEqualTo(VERSION_LINE);
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        environment.remove("JAVA_HOME");
        environment.put("PATH", directory.toString());

        assertThat(run(HOME.resolve("bin/imagehost"), "--version"))
                .isEqualTo(
                        new Result(3, "", "imagehost: There is no java: install Java 17 or newer, or set JAVA_HOME\n"));
    }

    @Test
    void saysThatJavaHomeIsWrong() throws Exception {
        environment.put("JAVA_HOME", "/nowhere");

        assertThat(run(HOME.resolve("bin/imagehost"), "--version"))
                .isEqualTo(new Result(3, "", "imagehost: JAVA_HOME is '/nowhere', but there is no bin/java in it\n"));
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402", "11.0.22", "16"})
    void saysThatJavaIsTooOld(String version) throws Exception {
        Path java = javaThatPrints("openjdk version \"" + version + "\"");
        Files.writeString(
                java.resolveSibling("../release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");

        assertThat(run(HOME.resolve("bin/imagehost"), "list"))
                .isEqualTo(new Result(
                        3, "", "imagehost: Java 17 or newer is needed, but " + java + " is " + version + "\n"));
    }

    @Test
    void asksJavaForItsVersionIfNoFileTellsIt() throws Exception {
        Path java = javaThatPrints("openjdk version \"11.0.22\" 2024-01-16");

        assertThat(run(HOME.resolve("bin/imagehost"), "list").err())
                .isEqualTo("imagehost: Java 17 or newer is needed, but " + java + " is 11.0.22\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_OPTS", "IMAGEHOST_OPTS"})
    void passesOptionsToJava(String name) throws Exception {
        environment.put(name, "-Dsome=thing -XshowSettings:properties");

        Result result = run(HOME.resolve("bin/imagehost"), "--version");

        assertThat(result.onlyLine()).isEqualTo(VERSION_LINE);
        assertThat(result.err()).contains("some = thing", "imagehost.stderr.terminal = false");
    }

    @Test
    void startsWithClassesFromTheArchive() throws Exception {
        Path log = directory.resolve("classes.log");
        environment.put("IMAGEHOST_OPTS", "-Xlog:class+load:file=" + log);

        assertThat(run(HOME.resolve("bin/imagehost"), "list").exitCode()).isZero();

        assertThat(Files.readString(log))
                .containsPattern(
                        "io\\.github\\.imagehost\\.cli\\.command\\.image\\.ListCommand source: shared objects file")
                .containsPattern("org\\.h2\\.engine\\.Database source: shared objects file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no archive at all"})
    void worksSilentlyWithAnArchiveThatCanNotBeUsed(String content) throws Exception {
        Path home = copyOfHome("broken");
        Files.writeString(home.resolve("lib").resolve(archive()), content);

        assertThat(run(home.resolve("bin/imagehost"), "--version")).isEqualTo(new Result(0, VERSION_LINE + "\n", ""));
    }

    @Test
    void worksSilentlyWithAnArchiveOfAnotherPlace() throws Exception {
        Path home = copyOfHome("elsewhere");
        Files.copy(HOME.resolve("lib").resolve(archive()), home.resolve("lib").resolve(archive()));

        assertThat(run(home.resolve("bin/imagehost"), "--version")).isEqualTo(new Result(0, VERSION_LINE + "\n", ""));
    }

    /** The build has made one, too, in a folder without blanks. */
    @Tag("deep")
    @Test
    void anArchiveCanBeMadeWhereItIsInstalled() throws Exception {
        Path home = copyOfHome("installed here");

        Result result = run(home.resolve("bin/imagehost-prepare"));

        assertThat(result).isEqualTo(new Result(0, "", ""));
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("imagehost-app-cli.jar", "java.sh", archive());
        }
        assertThat(run(home.resolve("bin/imagehost"), "--version")).isEqualTo(new Result(0, VERSION_LINE + "\n", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'imagehost li', list",
        "'imagehost list --so', --sort",
        "'imagehost completion z', zsh",
        "'imagehost delete --js', --json"
    })
    void bashCompletes(String typed, String offered) throws Exception {
        String script = // it is called without the shell that it would tell what else to offer
                "compopt() { :; }\nsource '" + HOME.resolve("share/bash-completion/completions/imagehost") + "'\n"
                        + "COMP_WORDS=(" + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='" + typed
                        + "'\n"
                        + "$(complete -p imagehost | sed 's/.*-F \\([^ ]*\\) .*/\\1/')\n"
                        + "echo \"${COMPREPLY[@]}\"\n";

        Result result = run(Path.of("bash"), "-c", script);

        assertThat(result).isEqualTo(new Result(0, offered + "\n", ""));
    }

    @Test
    void bashUnderstandsTheScript() throws Exception {
        String script =
                HOME.resolve("share/bash-completion/completions/imagehost").toString();

        assertThat(run(Path.of("bash"), "-n", script)).isEqualTo(new Result(0, "", ""));
    }

    @ParameterizedTest
    @CsvSource({"bash, bash-completion/completions/imagehost", "zsh, zsh/site-functions/_imagehost"})
    void theScriptsForShellsAreThoseThatTheCommandPrints(String shell, String file) throws IOException {
        assertThat(CommandRunner.in(directory).run("completion", shell).out())
                .isEqualTo(Files.readString(HOME.resolve("share").resolve(file)));
    }

    @Test
    void everyCommandHasItsManPage() throws IOException {
        try (Stream<Path> pages = Files.list(HOME.resolve("share/man/man1"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .contains("imagehost.1", "imagehost-upload.1", "imagehost-completion.1");
        }
    }

    private String archive() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(System.getProperty("java.version") + ".jsa"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As it is installed, but without an archive. */
    private Path copyOfHome(String name) throws IOException {
        Path home = directory.resolve(name);
        for (String file :
                List.of("bin/imagehost", "bin/imagehost-prepare", "lib/java.sh", "lib/imagehost-app-cli.jar")) {
            Path copy = home.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(HOME.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return home;
    }

    private Path javaThatPrints(String version) throws IOException {
        Path java = directory.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\necho '" + version + "' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        environment.put("JAVA_HOME", directory.resolve("jdk").toString());
        return java;
    }

    private Result run(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return RunnableJar.start(command, directory, environment).await();
    }
}
