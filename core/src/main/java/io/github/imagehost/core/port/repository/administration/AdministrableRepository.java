package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.VariantLedger;

/**
 * A {@link MetadataRepository} that keeps variants, and can be checked, exported, counted and filled from outside, too,
 * as an administrator needs it. A host that only uploads, finds and deletes images needs none of this.
 */
public interface AdministrableRepository
        extends MetadataRepository,
                VariantLedger,
                AdoptionLedger,
                BacklogCatalog,
                BlobCatalog,
                StatisticsCatalog,
                ImageArchive,
                QuotaLedger,
                UsageCounts,
                RepairLedger {}
