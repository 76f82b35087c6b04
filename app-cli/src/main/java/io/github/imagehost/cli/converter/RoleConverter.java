package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.access.Role;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a role, and knows all that can be given. */
public final class RoleConverter implements ITypeConverter<Role>, Iterable<String> {

    @Override
    public Role convert(String text) {
        return Role.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Role.GIVEN.stream().map(Role::label).iterator();
    }
}
