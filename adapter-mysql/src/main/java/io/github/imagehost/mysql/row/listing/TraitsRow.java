package io.github.imagehost.mysql.row.listing;

/** Images of one owner in one range of ids that are alike. */
public record TraitsRow(
        long idRange,
        String mimeType,
        String visibility,
        int uploadedYear,
        int uploadedMonth,
        long images,
        long bytes) {}
