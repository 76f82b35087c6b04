package io.github.imagehost.mysql;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.local.DirectoryImageStore;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.settings.MySqlSettings;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Another process that works with an embedded database as an application would, and tells what it did. */
public final class UploadingProcess {

    public static final String READY = "ready";
    public static final String SHUTTING_DOWN = "shutting down";
    public static final String DONE = "done";

    /** How many uploads begin after the process was told to end. */
    public static final int LAST_UPLOADS = 20;

    /** What a line begins with that tells of a thread's end by an exception. */
    static final String FAILED = "failed: ";

    private static final int UPLOADERS = 4;

    private final ImageHost host;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final List<Thread> uploaders = Stream.generate(() -> new Thread(this::uploadUntilTheEnd))
            .limit(UPLOADERS)
            .toList();

    private UploadingProcess(ImageHost host) {
        this.host = host;
    }

    /** Starts one, which uploads until it is ended; when it is terminated, it uploads some more before it ends. */
    public static Process start(Path dataDirectory) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // it does not live long enough for code to be compiled well
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadingProcess.class.getName(),
                        dataDirectory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What it works with; whoever asked for it closes it. */
    public static ImageHost openHost(Path dataDirectory) {
        return ImageHost.builder()
                .store(DirectoryImageStore.at(dataDirectory.resolve("images")))
                .metadata(MySqlMetadataRepository.open(
                        MySqlSettings.from(Settings.of(Map.of("DATA_DIR", dataDirectory.toString())))))
                .build();
    }

    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            System.out.println(FAILED + failure);
        });
        UploadingProcess process = new UploadingProcess(openHost(Path.of(arguments[0])));
        Runtime.getRuntime().addShutdownHook(new Thread(process::end));
        System.out.println(READY);
        process.uploaders.forEach(Thread::start);
    }

    private void uploadUntilTheEnd() {
        while (!ending.get()) {
            uploadOne();
        }
    }

    private void end() {
        System.out.println(SHUTTING_DOWN);
        for (int i = 0; i < LAST_UPLOADS; i++) {
            uploadOne();
        }
        ending.set(true);
        uploaders.forEach(UploadingProcess::awaitEnd);
        host.close();
        System.out.println(DONE);
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void uploadOne() {
        try {
            System.out.println(host.upload(OwnerId.DEFAULT, "cat.webp", new ByteArrayInputStream(Pictures.uniqueWebp()))
                    .image()
                    .filename());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
