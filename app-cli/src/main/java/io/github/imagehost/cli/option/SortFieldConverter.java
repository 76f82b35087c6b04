package io.github.imagehost.cli.option;

import io.github.imagehost.core.model.SortField;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what a list is sorted by, in both spellings that the service knows. */
public final class SortFieldConverter implements ITypeConverter<SortField> {

    /** All that can be given. */
    public static final String LEGAL = "id, filename, original_name, file_size, mime_type, upload_time, updated_at";

    @Override
    public SortField convert(String text) {
        return switch (text) {
            case "id" -> SortField.ID;
            case "filename" -> SortField.FILENAME;
            case "original_name", "originalName" -> SortField.ORIGINAL_NAME;
            case "file_size", "fileSize" -> SortField.FILE_SIZE;
            case "mime_type", "mimeType" -> SortField.MIME_TYPE;
            case "upload_time", "uploadTime" -> SortField.UPLOAD_TIME;
            case "updated_at", "updatedAt" -> SortField.UPDATED_AT;
            default -> throw new TypeConversionException("'" + text + "' is none of " + LEGAL);
        };
    }
}
