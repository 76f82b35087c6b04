package io.github.imagehost.core.port.repository.failure;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.Quota;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An owner would have more than its {@link Quota} allows. No image was made. */
public final class QuotaExceededException extends RepositoryException {

    private static final long serialVersionUID = 1L;

    /** @param quota what the owner may have */
    public QuotaExceededException(OwnerId owner, Quota quota) {
        super("Owner " + owner.value() + " has a quota of " + describe(quota) + ", and would have more");
    }

    private static String describe(Quota quota) {
        Stream<String> images = quota.images().stream().mapToObj(limit -> limit + " images");
        Stream<String> bytes = quota.bytes().stream().mapToObj(limit -> limit + " bytes");
        return Stream.concat(images, bytes).collect(Collectors.joining(" and "));
    }
}
