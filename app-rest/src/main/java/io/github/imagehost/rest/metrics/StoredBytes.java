package io.github.imagehost.rest.metrics;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.repository.Claim;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the bytes that uploads store, and those that another owner has stored before, as the repository tells. */
public final class StoredBytes implements TimedPort.Observer {

    private static final String COMPLETE = "complete";

    private final Counter stored;
    private final Counter saved;

    /** @param registry gets the meters */
    public StoredBytes(MeterRegistry registry) {
        this.stored = RequestMeter.bytes(registry, MeterNames.UPLOAD_STORED);
        this.saved = RequestMeter.bytes(registry, MeterNames.UPLOAD_SAVED);
    }

    @Override
    public void succeeded(String operation, @Nullable Object result) {
        if (result instanceof Claim.Attached<?, ?> attached && attached.item() instanceof Image image) {
            saved.increment((double) image.content().size());
        } else if (operation.equals(COMPLETE)
                && result instanceof Optional<?> made
                && made.isPresent()
                && made.get() instanceof Image image) {
            stored.increment((double) image.content().storedSize());
        }
    }
}
