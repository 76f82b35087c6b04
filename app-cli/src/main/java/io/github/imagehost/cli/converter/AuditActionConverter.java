package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.audit.AuditAction;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an action of the audit log, and knows all that can be given. */
public final class AuditActionConverter implements ITypeConverter<AuditAction>, Iterable<String> {

    @Override
    public AuditAction convert(String text) {
        return AuditAction.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return AuditAction.labels().iterator();
    }
}
