package io.github.imagehost.mysql.mapper;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.image.BlobRow;
import io.github.imagehost.mysql.row.image.ClaimRow;
import io.github.imagehost.mysql.row.image.CondemnedRow;
import io.github.imagehost.mysql.row.image.NewBlob;
import io.github.imagehost.mysql.row.image.NewVariant;
import io.github.imagehost.mysql.row.image.VariantRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements about blobs. Lists of ids are never empty; writes return how many rows they concerned. */
public interface BlobMapper {

    Optional<ClaimRow> selectLive(@Param("digest") Digest digest, @Param("ownerId") long ownerId);

    Optional<VariantRow> selectVariant(@Param("identity") Digest identity);

    int insertVariant(@Param("variant") NewVariant variant, @Param("generated") GeneratedId generated);

    int markVariantStored(
            @Param("id") long id, @Param("storedDigest") Digest storedDigest, @Param("storedSize") long storedSize);

    List<Long> lockDerived(@Param("ids") Collection<Long> ids);

    int reclaimMissing(@Param("id") long id, @Param("blob") NewBlob blob);

    int completeMissing(@Param("id") long id, @Param("storedDigest") Digest storedDigest);

    int markMissing(@Param("id") long id, @Param("quarantineEnd") Instant quarantineEnd);

    int markPresent(
            @Param("id") long id,
            @Param("storedDigest") Digest storedDigest,
            @Param("quarantineEnd") Instant quarantineEnd);

    int condemnDerived(@Param("id") long id, @Param("quarantineEnd") Instant quarantineEnd);

    List<BlobRow> selectFrom(@Param("after") @Nullable String after, @Param("limit") int limit);

    Optional<BlobRow> selectAt(@Param("objectKey") String objectKey);

    int insertAdopted(
            @Param("content") ImageDescriptor content,
            @Param("mimeType") String mimeType,
            @Param("objectKey") String objectKey,
            @Param("sourceId") @Nullable Long sourceId,
            @Param("generated") GeneratedId generated);

    int condemnReserved(@Param("id") long id);

    int condemnExpired(@Param("ids") Collection<Long> ids);

    int condemnLive(@Param("ids") Collection<Long> ids);

    List<Long> selectExpired(@Param("limit") int limit);

    /**
     * Done by whoever relies on these blobs being stored, or on whether images use them: nobody else changes them until
     * the transaction ends, on any server of a cluster. Those that are not stored are not concerned.
     */
    int checkStored(@Param("ids") Collection<Long> ids);

    List<CondemnedRow> selectCondemned(@Param("afterId") long afterId, @Param("limit") int limit);

    List<CondemnedRow> selectByIds(@Param("ids") Collection<Long> ids);

    int postponeCondemned(@Param("ids") Collection<Long> ids);

    int deleteCondemned(@Param("ids") Collection<Long> ids);

    boolean isObjectKeyUsed(@Param("objectKey") String objectKey);

    int probe();

    int flushToDisk();
}
