package io.github.imagehost.rest.account;

import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.util.Optional;
import java.util.function.LongFunction;

/** Ids in paths, of which one that can't be anybody's is like one that is nobody's. */
final class PathIds {

    private PathIds() {}

    /**
     * What has the id in this text.
     *
     * @param lookup of a whole number from 1
     * @param ifAbsent what is answered if the text is no id, or nothing has it
     * @throws ApiException if that is so
     */
    static <T> T find(String text, LongFunction<Optional<T>> lookup, ApiError ifAbsent) {
        return ImageIds.parse(text).stream()
                .mapToObj(lookup)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new ApiException(ifAbsent));
    }
}
