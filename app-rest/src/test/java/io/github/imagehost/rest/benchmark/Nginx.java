package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.testing.Waiting;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An nginx that serves the same files as the service, with one worker. */
final class Nginx implements Closeable {

    static final String NAME = "nginx";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ROOT = "www";
    private static final String CONFIGURATION = "nginx.conf";

    private final Process process;
    private final int port;
    private final Path root;

    private Nginx(Process process, int port, Path root) {
        this.process = process;
        this.port = port;
        this.root = root;
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param command its words
     * @param directory in which it gets a folder for all that it writes
     */
    static Nginx start(List<String> command, Path directory) throws IOException, InterruptedException {
        Path own = Files.createDirectory(directory.resolve(NAME));
        Path root = Files.createDirectory(own.resolve(ROOT));
        int port = Loopback.freePort();
        Files.writeString(own.resolve(CONFIGURATION), configuration(own, port));
        Path output = own.resolve("output.log");
        List<String> whole = new ArrayList<>(command);
        whole.addAll(
                List.of("-p", own.toString(), "-c", own.resolve(CONFIGURATION).toString(), "-e", "error.log"));
        Process process = new ProcessBuilder(whole)
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Nginx nginx = new Nginx(process, port, root);
        try {
            Waiting.until("nginx listens", LIMIT, () -> nginx.listens(output));
            return nginx;
        } catch (AssertionError | InterruptedException e) {
            nginx.close();
            throw e;
        }
    }

    /** In the foreground, so that it has the pid of what was started. The path of each file that it writes is here. */
    static String configuration(Path directory, int port) {
        return """
                daemon off;
                # its worker has to read what whoever starts it may read; ignored unless that is root
                user root;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    sendfile on;
                    open_file_cache max=1000;
                    keepalive_requests 1000000;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen 127.0.0.1:%2$d;
                        root %1$s/%3$s;
                    }
                }
                """.formatted(directory, port, ROOT);
    }

    private boolean listens(Path output) throws IOException {
        if (!process.isAlive()) {
            throw new IOException("nginx has ended:\n" + Files.readString(output));
        }
        return Loopback.listens(port);
    }

    /** Serves these bytes from now on, and answers the path. */
    String serve(byte[] bytes) throws IOException {
        Path file = Files.createTempFile(root, "picture-", ".bin");
        Files.write(file, bytes);
        return "/" + file.getFileName();
    }

    URI base() {
        return Loopback.at(port);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        process.destroy();
        try {
            process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
