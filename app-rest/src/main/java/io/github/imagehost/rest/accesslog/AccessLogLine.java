package io.github.imagehost.rest.accesslog;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a request; nothing of what is null.
 *
 * @param time when it was answered
 * @param requestId what it is called in the log and in error answers; null if it came nowhere
 * @param client its address, or its /64 network
 * @param method null if it can't be read
 * @param path without what is secret in it; null if it can't be read
 * @param query likewise; null if there was none
 * @param bytes how many were sent, without headers
 * @param milliseconds how long it took
 * @param error the code of the error that it was answered with
 * @param ownerId for whom it acted
 * @param tokenId by which it acted, or by which its session began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccessLogLine(
        String time,
        @Nullable String requestId,
        String client,
        @Nullable String method,
        @Nullable String path,
        @Nullable String query,
        int status,
        long bytes,
        long milliseconds,
        @Nullable String error,
        @Nullable Long ownerId,
        @Nullable Long tokenId) {}
