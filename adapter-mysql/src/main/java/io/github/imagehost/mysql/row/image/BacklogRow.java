package io.github.imagehost.mysql.row.image;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** So many blobs wait to be deleted, the first of them since then. */
public record BacklogRow(long count, @Nullable Instant since, Instant now) {}
