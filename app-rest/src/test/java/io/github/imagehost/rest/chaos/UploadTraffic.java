package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.chaos.Tally.Event;
import io.github.imagehost.rest.chaos.Violation.Kind;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Uploads pictures, and notes what it is answered. Safe for use by many threads. */
final class UploadTraffic {

    private static final int PICTURES_AT_ONCE = 4;

    private static final Set<String> LEGAL_FAILURES = Set.of("service_unavailable", "upload_busy", "quota_exceeded");

    private final Courier courier;
    private final Books books;
    private final SharedPictures pictures;

    UploadTraffic(Courier courier, Books books, SharedPictures pictures) {
        this.courier = courier;
        this.books = books;
        this.pictures = pictures;
    }

    void upload(Node node, Tenant tenant, Picture picture, Terms terms) throws InterruptedException {
        Multipart request = terms.addTo(new Multipart().file("image", "chaos.png", picture.bytes()));
        long begun = books.ledger().now();
        Outcome outcome = courier.ask(node, client -> tenant.as(client).post("/api/upload", request));
        if (outcome.is(200)) {
            acknowledged(begun, tenant, picture, terms, outcome.data());
        } else {
            notAcknowledged(outcome, tenant, "upload", List.of(picture));
        }
    }

    /** One of them is new, the others are shared. */
    void uploadSeveral(Node node, Tenant tenant, Terms terms, Random random) throws InterruptedException {
        List<Picture> several = new ArrayList<>();
        Multipart request = terms.addTo(new Multipart());
        for (int i = 0; i < PICTURES_AT_ONCE; i++) {
            several.add(i == 0 ? Picture.of(Pictures.uniquePng()) : pictures.any(random));
            request.file("images", "chaos.png", several.get(i).bytes());
        }
        long begun = books.ledger().now();
        Outcome outcome = courier.ask(node, client -> tenant.as(client).post("/api/upload/multiple", request));
        if (!outcome.is(200)) {
            notAcknowledged(outcome, tenant, "upload of several", several);
            return;
        }
        JsonNode data = outcome.data();
        Set<Integer> failed = failures(data);
        int next = 0;
        for (int i = 0; i < several.size(); i++) {
            if (failed.contains(i)) {
                books.tally().count(Event.UPLOAD_FAILED);
                books.ledger().uploadInDoubt(tenant.owner(), several.get(i));
            } else {
                JsonNode uploaded = data.get("successful").get(next++).get("data");
                acknowledged(begun, tenant, several.get(i), terms, uploaded);
            }
        }
    }

    private Set<Integer> failures(JsonNode several) {
        Set<Integer> failed = new HashSet<>();
        for (JsonNode failure : several.get("failed")) {
            failed.add(failure.get("index").asInt());
            String code = failure.get("code").asString();
            if (!LEGAL_FAILURES.contains(code)) {
                books.violations().add(Kind.OTHER, "Part of an upload of several failed with " + code);
            }
        }
        return failed;
    }

    private void acknowledged(long begun, Tenant tenant, Picture picture, Terms wanted, JsonNode uploaded) {
        boolean duplicate = uploaded.get("duplicate").asBoolean();
        Link link = new Link(
                uploaded.get("id").asLong(),
                tenant.owner(),
                uploaded.get("filename").asString(),
                uploaded.get("fileHash").asString());
        books.ledger().uploaded(begun, picture, wanted, new SharedLink(link, Terms.told(uploaded)), duplicate);
        books.tally().count(Event.UPLOAD_ACKNOWLEDGED);
        books.tally().add(Event.DUPLICATE, duplicate ? 1 : 0);
        String path = Client.pathOf(uploaded.get("url").asString());
        if (!path.equals(link.path())) {
            books.violations().add(Kind.OTHER, "An image's link leads to " + path + ", not to " + link.path());
        }
    }

    private void notAcknowledged(Outcome outcome, Tenant tenant, String what, List<Picture> attempted) {
        if (isBeyondQuota(outcome, tenant)) {
            books.tally().add(Event.UPLOAD_FAILED, attempted.size());
            return;
        }
        if (outcome.wasSent()) {
            attempted.forEach(picture -> books.ledger().uploadInDoubt(tenant.owner(), picture));
        }
        books.tally().add(outcome.isLost() ? Event.UPLOAD_UNKNOWN : Event.UPLOAD_FAILED, attempted.size());
        courier.requireRetryable(outcome, what);
    }

    private static boolean isBeyondQuota(Outcome outcome, Tenant tenant) {
        return outcome.is(403)
                && outcome.answer().code().equals("quota_exceeded")
                && tenant.mostImages() < Long.MAX_VALUE;
    }
}
