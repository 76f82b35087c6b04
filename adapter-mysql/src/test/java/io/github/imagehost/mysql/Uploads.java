package io.github.imagehost.mysql;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Lease;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.testing.TestContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** Requests for content that nobody else has. */
public final class Uploads {

    static final Lease LEASE = new Lease(Duration.ofMinutes(2), Duration.ofMinutes(15));

    private Uploads() {}

    static UploadRequest request() {
        return request(OwnerId.DEFAULT, content());
    }

    static UploadRequest request(OwnerId owner, ImageDescriptor content) {
        return new UploadRequest(owner, content, "cat.png", UUID.randomUUID() + ".png", LEASE);
    }

    static ImageDescriptor content() {
        byte[] bytes = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        return new ImageDescriptor(TestContent.digestOf(bytes), bytes.length, ImageType.PNG, 3, 4);
    }

    static Reservation<UploadRequest> reserve(AdministrableRepository repository) {
        return ((Claim.Reserved<UploadRequest, Image>) repository.claim(request())).reservation();
    }

    public static Image upload(AdministrableRepository repository) {
        return repository.complete(reserve(repository)).orElseThrow();
    }
}
