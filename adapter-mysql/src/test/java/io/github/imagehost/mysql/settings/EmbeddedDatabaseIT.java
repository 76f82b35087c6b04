package io.github.imagehost.mysql.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.mysql.UploadingProcess;
import io.github.imagehost.mysql.testing.InMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one embedded database, and what is left of their work when they end. */
class EmbeddedDatabaseIT {

    @TempDir(factory = InMemory.class)
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Tag("deep")
    @Test
    void twoProcessesStartAtOnceAndMeetOnTheLoopbackAddressOnly() throws Exception {
        BufferedReader first = start();
        BufferedReader second = start();

        List<String> uploaded = new ArrayList<>(readAfterReady(first, 30));
        uploaded.addAll(readAfterReady(second, 30));

        assertThat(addressesListenedOn(portOfServer()))
                .hasSize(1)
                .first()
                .asString()
                .matches("(0{16}FFFF0000)?0100007F");
        assertReadable(uploaded);
    }

    /** And the other one goes on, and finishes its work when it is terminated. */
    @Test
    void whatAKilledProcessHasAnsweredIsThere() throws Exception {
        BufferedReader killed = start();
        List<String> uploaded = new ArrayList<>(readAfterReady(killed, 30));
        BufferedReader other = start();
        uploaded.addAll(readAfterReady(other, 30));

        processes.get(0).toHandle().destroyForcibly();
        killed.lines().forEach(uploaded::add);

        uploaded.addAll(terminate(1, other));
        assertReadable(uploaded);
    }

    @Tag("deep")
    @Test
    void aProcessThatIsTerminatedFinishesItsWorkAndDoesNotDisturbTheOthers() throws Exception {
        BufferedReader terminated = start();
        List<String> uploaded = new ArrayList<>(readAfterReady(terminated, 10));
        BufferedReader other = start();
        uploaded.addAll(readAfterReady(other, 10));

        uploaded.addAll(terminate(0, terminated));
        uploaded.addAll(terminate(1, other));

        assertReadable(uploaded);
    }

    private int portOfServer() throws IOException {
        Properties lock = new Properties();
        try (var reader = Files.newBufferedReader(directory.resolve("database/imagehost.lock.db"))) {
            lock.load(reader);
        }
        String server = lock.getProperty("server");
        assertThat(server).startsWith("localhost:");
        return Integer.parseInt(server.substring(server.indexOf(':') + 1));
    }

    /** As Linux writes addresses: the bytes of each word of an address in hexadecimal digits, last byte first. */
    private static List<String> addressesListenedOn(int port) throws IOException {
        String suffix = ":" + HexFormat.of().withUpperCase().toHexDigits((short) port);
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.map(line -> line.trim().split("\\s+"))
                        .filter(fields -> fields[1].endsWith(suffix) && fields[3].equals("0A"))
                        .forEach(fields -> addresses.add(fields[1].substring(0, fields[1].indexOf(':'))));
            }
        }
        return addresses;
    }

    private BufferedReader start() throws IOException {
        Process process = UploadingProcess.start(directory);
        processes.add(process);
        return UploadingProcess.output(process);
    }

    private static List<String> readAfterReady(BufferedReader output, int count) throws IOException {
        assertThat(output.readLine()).isEqualTo(UploadingProcess.READY);
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            String line = output.readLine();
            assertThat(line).as("line %d", lines.size()).isNotNull();
            lines.add(line);
        }
        return lines;
    }

    /** Tells a process to end, and answers what it still uploaded before it did. */
    private List<String> terminate(int process, BufferedReader output) {
        processes.get(process).toHandle().destroy();
        List<String> lines = output.lines().toList();

        int hook = lines.indexOf(UploadingProcess.SHUTTING_DOWN);
        assertThat(hook).isNotNegative();
        assertThat(lines).last().isEqualTo(UploadingProcess.DONE);
        assertThat(lines.subList(hook + 1, lines.size() - 1))
                .hasSizeGreaterThanOrEqualTo(UploadingProcess.LAST_UPLOADS);
        List<String> uploaded = new ArrayList<>(lines.subList(0, lines.size() - 1));
        uploaded.remove(hook);
        return uploaded;
    }

    /** Every line is the filename of an image with its bytes, and none tells of a failure. */
    private void assertReadable(List<String> uploaded) throws IOException {
        try (ImageHost host = UploadingProcess.openHost(directory)) {
            for (String filename : uploaded) {
                try (ImageContent content = host.open(filename)) {
                    assertThat(TestContent.digestOf(content.stream().readAllBytes()))
                            .isEqualTo(content.image().content().digest());
                }
            }
        }
    }
}
