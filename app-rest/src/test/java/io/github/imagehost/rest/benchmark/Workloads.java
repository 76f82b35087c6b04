package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All kinds of requests that are measured. */
final class Workloads {

    /** Stands for all workloads. */
    static final String ALL = "all";

    private static final String UPLOADS = "uploads";
    private static final String READS = "reads";
    private static final String LISTS = "lists";

    private static final int KIBIBYTE = 1024;
    private static final int SMALL = 50 * KIBIBYTE;
    private static final int MEDIUM = 500 * KIBIBYTE;
    private static final int LARGE = 5 * KIBIBYTE * KIBIBYTE;
    private static final int TINY = 2 * KIBIBYTE;

    private static final int CROWD = 64;
    private static final int MANY_CLIENTS = 16;
    private static final int SOME_CLIENTS = 8;
    private static final int FEW_CLIENTS = 4;

    private static final int FILES = 10;
    private static final int DELETED_AT_ONCE = 100;
    private static final int WARM_UP_DELETIONS = 10;
    private static final int DELETIONS = 30;
    private static final int PAGE = 20;
    private static final int LIST_WARM_UP = 1000;
    private static final int LIST_REQUESTS = 1000;
    private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");

    private Workloads() {}

    static List<Workload> all() {
        List<Workload> all = new ArrayList<>(List.of(
                uploadingNew("new-50k", MANY_CLIENTS, SMALL),
                uploadingNew("new-50k-1", 1, SMALL),
                uploadingNew("new-50k-4", FEW_CLIENTS, SMALL),
                uploadingNew("new-50k-64", CROWD, SMALL),
                uploadingNew("new-500k", SOME_CLIENTS, MEDIUM),
                uploadingNew("new-5m", FEW_CLIENTS, LARGE),
                uploadingDuplicates("duplicate-50k", MANY_CLIENTS, SMALL),
                uploadingDuplicates("duplicate-500k", SOME_CLIENTS, MEDIUM),
                uploadingDuplicates("duplicate-5m", FEW_CLIENTS, LARGE),
                uploadingByDigest("instant-5m", FEW_CLIENTS, LARGE),
                uploadingSeveral("multiple-10x50k", FEW_CLIENTS, SMALL),
                Workload.of("get", READS, MANY_CLIENTS, Workloads::byId),
                Workload.of("content-50k", READS, MANY_CLIENTS, Workloads::content),
                Workload.of("delete-100", READS, 1, Workloads::deletions).atMost(WARM_UP_DELETIONS, DELETIONS)));
        all.addAll(List.of(
                listing("page-first", stage -> page(1)),
                listing("page-middle", stage -> page(Math.max(1, stage.rows().count() / PAGE / 2))),
                listing("page-last", stage -> page((stage.rows().count() + PAGE - 1) / PAGE)),
                listing("cursor-middle", Workloads::behindTheMiddlePage),
                listing("sort-size", stage -> page(1) + "&sortBy=file_size"),
                listing("search-rare", stage -> search(Rows.RARE)),
                listing("search-none", stage -> search(Rows.NOWHERE)),
                listing("search-everywhere", stage -> search(Rows.EVERYWHERE)),
                listing("search-chinese", stage -> search(Rows.CHINESE)),
                listing("search-one-character", stage -> search(Rows.ONE_CHARACTER)),
                listing("search-one-rare-character", stage -> search(Rows.RARE_CHARACTER))));
        return List.copyOf(all);
    }

    private interface PathFinder {

        String pathOn(Stage stage) throws IOException;
    }

    private static Workload uploadingNew(String name, int clients, int size) {
        return Workload.of(
                        name,
                        UPLOADS,
                        clients,
                        (stage, target) -> HttpClients.uploadingNew(
                                target, UploadRequest.single(target.base(), stage.picture(size))))
                .above((stage, count, load) -> stage.measureNewImageFloor(size, 1, count, load))
                .besideNeighbours();
    }

    private static Workload uploadingSeveral(String name, int clients, int size) {
        return Workload.of(
                        name,
                        UPLOADS,
                        clients,
                        (stage, target) -> HttpClients.uploadingNew(
                                target, UploadRequest.multiple(target.base(), stage.picture(size), FILES)))
                .above((stage, count, load) -> stage.measureNewImageFloor(size, FILES, count, load))
                .besideNeighbours();
    }

    private static Workload uploadingDuplicates(String name, int clients, int size) {
        return Workload.of(name, UPLOADS, clients, (stage, target) -> {
                    UploadRequest upload = UploadRequest.single(target.base(), stage.picture(size));
                    HttpClients.upload(target.base(), upload);
                    return HttpClients.uploadingTheSame(target.base(), upload, target.duplicateAnswer());
                })
                .above((stage, count, load) -> stage.measureDuplicateFloor(stage.picture(size), count, load))
                .besideNeighbours();
    }

    private static Workload uploadingByDigest(String name, int clients, int size) {
        return Workload.of(name, UPLOADS, clients, (stage, target) -> {
            Picture picture = stage.picture(size);
            HttpClients.upload(target.base(), UploadRequest.single(target.base(), picture));
            return HttpClients.uploadingByDigest(target.base(), picture, Digest.sha256());
        });
    }

    private static ClosedLoop.Clients byId(Stage stage, Target target) {
        List<String> paths =
                stage.rows().someIds().stream().map(id -> "/api/images/" + id).toList();
        return HttpClients.getting(target.base(), paths);
    }

    private static ClosedLoop.Clients content(Stage stage, Target target) throws IOException {
        long id = HttpClients.upload(target.base(), UploadRequest.single(target.base(), stage.picture(SMALL)));
        return HttpClients.getting(target.base(), List.of("/i/" + stage.rows().filenameOf(id)));
    }

    private static ClosedLoop.Clients deletions(Stage stage, Target target) throws IOException {
        Queue<List<Long>> batches = new ArrayDeque<>();
        UploadRequest upload = UploadRequest.single(target.base(), stage.picture(TINY));
        for (int i = 0; i < WARM_UP_DELETIONS + DELETIONS; i++) {
            batches.add(HttpClients.uploadNew(target.base(), upload, DELETED_AT_ONCE));
        }
        return HttpClients.deleting(target.base(), batches);
    }

    private static Workload listing(String name, PathFinder path) {
        return Workload.of(
                        name,
                        LISTS,
                        1,
                        (stage, target) ->
                                HttpClients.getting(target.base(), List.of("/api/images?" + path.pathOn(stage))))
                .atMost(LIST_WARM_UP, LIST_REQUESTS);
    }

    private static String page(long page) {
        return "limit=" + PAGE + "&page=" + page;
    }

    private static String search(String text) {
        return page(1) + "&search=" + encode(text);
    }

    private static String behindTheMiddlePage(Stage stage) throws IOException {
        URI base = stage.base();
        long middle = Math.max(1, stage.rows().count() / PAGE / 2);
        try (HttpConnection connection = new HttpConnection(base)) {
            String answer = connection
                    .exchange(HttpConnection.get(base, "/api/images?" + page(middle)))
                    .text();
            Matcher cursor = CURSOR.matcher(answer);
            if (!cursor.find()) {
                throw new IOException("There is no cursor in " + answer);
            }
            return "limit=" + PAGE + "&cursor=" + encode(cursor.group(1));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
