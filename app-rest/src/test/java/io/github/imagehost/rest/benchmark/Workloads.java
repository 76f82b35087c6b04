package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.Digest;
import java.io.IOException;
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
    private static final String ALBUMS = "albums";

    private static final int KIBIBYTE = 1024;
    private static final int SMALL = 50 * KIBIBYTE;
    private static final int MEDIUM = 500 * KIBIBYTE;
    private static final int LARGE = 5 * KIBIBYTE * KIBIBYTE;
    private static final int TINY = 2 * KIBIBYTE;
    private static final int DELIVERED = 3_000_000;

    private static final int CROWD = 64;
    private static final int MANY_CLIENTS = 16;
    private static final int SOME_CLIENTS = 8;
    private static final int FEW_CLIENTS = 4;

    private static final int FILES = 10;
    private static final int DELETED_AT_ONCE = 100;
    private static final int WARM_UP_DELETIONS = 10;
    private static final int DELETIONS = 30;
    private static final int PAGE = 20;
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
                delivering("content-50k", SMALL),
                delivering("content-3m", DELIVERED),
                Workload.of("delete-100", READS, 1, Workloads::deletions).atMost(WARM_UP_DELETIONS, DELETIONS)));
        all.addAll(List.of(
                listing("page-first", installation -> page(1)),
                listing("page-middle", Workloads::middlePage),
                listing("page-last", Workloads::lastPage),
                listing("cursor-middle", Workloads::behindTheMiddlePage),
                listing("sort-size", installation -> page(1) + "&sortBy=file_size"),
                listing("search-rare", installation -> search(Rows.RARE)),
                listing("search-none", installation -> search(Rows.NOWHERE)),
                listing("search-everywhere", installation -> search(Rows.EVERYWHERE)),
                listing("search-chinese", installation -> search(Rows.CHINESE)),
                listing("search-one-character", installation -> search(Rows.ONE_CHARACTER)),
                listing("search-one-rare-character", installation -> search(Rows.RARE_CHARACTER))));
        all.addAll(List.of(
                filed("album-half", installation -> page(1) + "&album=" + Filing.HALF),
                filed("album-half-cursor", installation -> behindTheFirstPage(installation, "&album=" + Filing.HALF)),
                filed("album-half-size", installation -> page(1) + "&sortBy=file_size&album=" + Filing.HALF),
                filed("album-half-search", installation -> search(Rows.RARE) + "&album=" + Filing.HALF),
                filed("album-oldest", installation -> page(1) + "&album=" + Filing.OLDEST),
                filed("album-oldest-size", installation -> page(1) + "&sortBy=file_size&album=" + Filing.OLDEST),
                filed("album-hundredth-size", installation -> page(1) + "&sortBy=file_size&album=" + Filing.HUNDREDTH),
                filed("album-hundredth-search", installation -> search(Rows.EVERYWHERE) + "&album=" + Filing.HUNDREDTH),
                filed("album-and-tag", installation -> page(1) + "&album=" + Filing.HALF + "&tag=" + Filing.TENTH),
                filed("tag", installation -> page(1) + "&tag=" + Filing.TENTH),
                filed("tag-cursor", installation -> behindTheFirstPage(installation, "&tag=" + Filing.TENTH)),
                filed("tag-public", installation -> page(1) + "&visibility=public&tag=" + Filing.TENTH),
                filed("private", installation -> page(1) + "&visibility=private")));
        return List.copyOf(all);
    }

    private interface PathFinder {

        String pathOn(Installation installation) throws IOException;
    }

    private static Workload uploadingNew(String name, int clients, int size) {
        return Workload.besideNeighbours(
                        name,
                        UPLOADS,
                        clients,
                        (stage, target) ->
                                HttpClients.uploadingNew(target, UploadRequest.single(target, stage.picture(size))))
                .above((stage, count, load) -> stage.measureNewImageFloor(size, 1, count, load));
    }

    private static Workload uploadingSeveral(String name, int clients, int size) {
        return Workload.besideNeighbours(
                        name,
                        UPLOADS,
                        clients,
                        (stage, target) -> HttpClients.uploadingNew(
                                target, UploadRequest.multiple(target, stage.picture(size), FILES)))
                .above((stage, count, load) -> stage.measureNewImageFloor(size, FILES, count, load));
    }

    private static Workload uploadingDuplicates(String name, int clients, int size) {
        return Workload.besideNeighbours(name, UPLOADS, clients, (stage, target) -> {
                    UploadRequest upload = UploadRequest.single(target, stage.picture(size));
                    HttpClients.upload(target, upload);
                    return HttpClients.uploadingTheSame(target, upload);
                })
                .above((stage, count, load) -> stage.measureDuplicateFloor(stage.picture(size), count, load));
    }

    private static Workload uploadingByDigest(String name, int clients, int size) {
        return Workload.of(name, UPLOADS, clients, (stage, installation) -> {
            Target target = installation.target();
            Picture picture = stage.picture(size);
            HttpClients.upload(target, UploadRequest.single(target, picture));
            return HttpClients.uploadingByDigest(target, picture, Digest.sha256());
        });
    }

    private static ClosedLoop.Clients byId(Stage stage, Installation installation) {
        List<String> paths = installation.rows().someIds().stream()
                .map(id -> "/api/images/" + id)
                .toList();
        return HttpClients.getting(installation.target(), paths);
    }

    private static Workload delivering(String name, int size) {
        return Workload.of(name, READS, MANY_CLIENTS, (stage, installation) -> {
                    Target target = installation.target();
                    return HttpClients.fetching(target.base(), target.get(link(stage, target, size)));
                })
                .besideNginx((stage, nginx) -> {
                    Target target = stage.service().target();
                    String path = nginx.serve(HttpClients.fetch(target, link(stage, target, size)));
                    return HttpClients.fetching(nginx.base(), HttpConnection.head(nginx.base(), "GET", path, ""));
                });
    }

    private static String link(Stage stage, Target target, int size) throws IOException {
        return HttpClients.upload(target, UploadRequest.single(target, stage.picture(size)));
    }

    private static ClosedLoop.Clients deletions(Stage stage, Installation installation) throws IOException {
        Target target = installation.target();
        Queue<List<Long>> batches = new ArrayDeque<>();
        UploadRequest upload = UploadRequest.single(target, stage.picture(TINY));
        for (int i = 0; i < WARM_UP_DELETIONS + stage.options().rounds() * DELETIONS; i++) {
            batches.add(HttpClients.uploadNew(target, upload, DELETED_AT_ONCE));
        }
        return HttpClients.deleting(target, batches);
    }

    private static Workload listing(String name, PathFinder path) {
        return listing(name, LISTS, path);
    }

    /** Of images that are in albums or have tags. */
    private static Workload filed(String name, PathFinder path) {
        return listing(name, ALBUMS, path);
    }

    private static Workload listing(String name, String group, PathFinder path) {
        return Workload.of(
                name,
                group,
                1,
                (stage, installation) -> HttpClients.getting(
                        installation.target(), List.of("/api/images?" + path.pathOn(installation))));
    }

    private static String page(long page) {
        return "limit=" + PAGE + "&page=" + page;
    }

    private static String middlePage(Installation installation) {
        return page(Math.max(1, installation.rows().count() / PAGE / 2));
    }

    private static String lastPage(Installation installation) {
        return page((installation.rows().count() + PAGE - 1) / PAGE);
    }

    private static String search(String text) {
        return page(1) + "&search=" + encode(text);
    }

    private static String behindTheMiddlePage(Installation installation) throws IOException {
        return behind(installation, middlePage(installation), "");
    }

    private static String behindTheFirstPage(Installation installation, String filter) throws IOException {
        return behind(installation, page(1), filter);
    }

    private static String behind(Installation installation, String page, String filter) throws IOException {
        Target target = installation.target();
        try (HttpConnection connection = new HttpConnection(target.base())) {
            String answer = connection
                    .exchange(target.get("/api/images?" + page + filter))
                    .expect(HttpConnection.OK)
                    .text();
            Matcher cursor = CURSOR.matcher(answer);
            if (!cursor.find()) {
                throw new IOException("There is no cursor in " + answer);
            }
            return "limit=" + PAGE + "&cursor=" + encode(cursor.group(1)) + filter;
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
