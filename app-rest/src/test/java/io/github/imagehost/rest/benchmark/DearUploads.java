package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What others notice while strangers upload pictures that are dear to decode, and when the processors rest again.
 *
 * <p>Arguments are {@code java=} (a JDK's directory) and {@code jvm=} (its options); docs/benchmarks.md says how to run
 * it.
 */
final class DearUploads {

    private static final int FILES = 200;
    private static final int CLIENTS = 8;
    private static final int PHOTOGRAPH = 50 * 1024;
    private static final int WARM_UP = 100;
    private static final Duration WHOLE = Duration.ofDays(1);
    /** After so long a client that is cut off has sent its picture, which is being decoded. */
    private static final Duration CUT_OFF = Duration.ofSeconds(2);

    private static final Duration UNTIL_IDLE = Duration.ofSeconds(3);

    private final URI base;
    private final ServiceProcess service;
    private final DearPictures pictures;
    private final UploadRequest photograph;
    private final Map<String, AtomicInteger> photographs = new TreeMap<>();
    private final Map<String, AtomicInteger> dear = new TreeMap<>();
    private final List<Long> nanos = new ArrayList<>();

    private DearUploads(ServiceProcess service, DearPictures pictures) {
        this.service = service;
        this.base = URI.create("http://127.0.0.1:" + service.port());
        this.pictures = pictures;
        this.photograph = UploadRequest.single(Target.ours(base, Caller.NOBODY), PictureKind.JPEG.make(PHOTOGRAPH));
    }

    public static void main(String[] arguments) throws Exception {
        Path java = Path.of(argument(arguments, "java").orElse(System.getProperty("java.home")));
        String[] options = argument(arguments, "jvm")
                .filter(text -> !text.isBlank())
                .map(text -> text.split(" "))
                .orElse(new String[0]);
        Path directory = Files.createTempDirectory("dear-uploads-");
        Map<String, String> settings =
                Map.of("RATE_LIMIT_MAX", "0", "MAX_FILE_SIZE", "100000000", "DATA_DIR", directory.toString());
        DearPictures pictures = new DearPictures();
        MarkdownTable table = new MarkdownTable(
                "dear clients",
                "photographs",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "worst ms",
                "answers",
                "dear answers",
                "idle CPU ms");
        try (ServiceProcess service = ServiceProcess.launch(directory, settings, java, options)) {
            service.awaitStart();
            DearUploads warmUp = new DearUploads(service, pictures);
            for (int i = 0; i < WARM_UP; i++) {
                warmUp.uploadPhotograph();
            }
            new DearUploads(service, pictures).measure("wait for their answers", WHOLE, table);
            new DearUploads(service, pictures).measure("leave after " + CUT_OFF.toSeconds() + " s", CUT_OFF, table);
        }
        System.out.println(table);
    }

    private static Optional<String> argument(String[] arguments, String name) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst();
    }

    private void measure(String name, Duration patience, MarkdownTable table) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(threads.submit(() -> {
                for (int number = next.getAndIncrement(); number < FILES; number = next.getAndIncrement()) {
                    count(dear, uploadDear(pictures.get(number), patience));
                }
                return null;
            }));
        }
        threads.shutdown();
        while (!clients.stream().allMatch(Future::isDone)) {
            uploadPhotograph();
        }
        for (Future<?> client : clients) {
            client.get();
        }
        TimeUnit.NANOSECONDS.sleep(UNTIL_IDLE.toNanos());
        double cpu = ProcessUsage.of(service.pid()).cpuMillis();
        TimeUnit.NANOSECONDS.sleep(UNTIL_IDLE.toNanos());
        double idle = ProcessUsage.of(service.pid()).cpuMillis() - cpu;
        long[] durations = nanos.stream().mapToLong(Long::longValue).toArray();
        Requests requests = Requests.of(durations, durations.length, 0, 0);
        table.add(
                name,
                String.valueOf(requests.count()),
                MarkdownTable.cell(requests.percentileMillis(0.5)),
                MarkdownTable.cell(requests.percentileMillis(0.99)),
                MarkdownTable.cell(requests.percentileMillis(0.999)),
                MarkdownTable.cell(requests.percentileMillis(1)),
                text(photographs),
                text(dear),
                MarkdownTable.cell(idle));
    }

    private static String text(Map<String, AtomicInteger> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + ": " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    private static void count(Map<String, AtomicInteger> counts, String answer) {
        synchronized (counts) {
            counts.computeIfAbsent(answer, key -> new AtomicInteger()).incrementAndGet();
        }
    }

    private void uploadPhotograph() throws IOException {
        long start = System.nanoTime();
        try (HttpConnection connection = new HttpConnection(base)) {
            byte[] beginning = photograph.numberedBeginning();
            connection.send(beginning, 0, beginning.length);
            connection.send(photograph.bytes(), beginning.length, photograph.bytes().length);
            HttpConnection.Response response = connection.receive();
            count(photographs, String.valueOf(response.status()));
        }
        nanos.add(System.nanoTime() - start);
    }

    /** The status of the answer, with its code if it is an error. */
    private String uploadDear(byte[] picture, Duration patience) throws IOException, InterruptedException {
        try (HttpConnection connection = new HttpConnection(base)) {
            byte[] head =
                    HttpConnection.head(base, "PUT", "/api/upload/dear", "Content-Length: " + picture.length + "\r\n");
            connection.send(head, 0, head.length);
            connection.send(picture, 0, picture.length);
            if (patience.equals(CUT_OFF)) {
                TimeUnit.NANOSECONDS.sleep(patience.toNanos());
                return "left";
            }
            HttpConnection.Response response = connection.receive();
            return response.status() == HttpConnection.OK
                    ? "200"
                    : response.status() + " " + response.text().replaceAll("(?s).*\"code\":\"(\\w+)\".*", "$1");
        }
    }
}
