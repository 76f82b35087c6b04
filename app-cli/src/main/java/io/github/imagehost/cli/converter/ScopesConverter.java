package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.access.Scope;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads scopes with commas between them, or all of them, and knows all that can be given. */
public final class ScopesConverter implements ITypeConverter<Set<Scope>>, Iterable<String> {

    private static final String ALL = "all";

    @Override
    public Set<Scope> convert(String text) {
        if (text.equals(ALL)) {
            return EnumSet.allOf(Scope.class);
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String label : text.split(",", -1)) {
            scopes.add(Scope.parse(label.strip())
                    .orElseThrow(() -> new TypeConversionException("'" + label + "' is no scope; legal are "
                            + String.join(", ", this) + ", and several with commas between them")));
        }
        return Collections.unmodifiableSet(scopes);
    }

    @Override
    public Iterator<String> iterator() {
        return Stream.concat(Arrays.stream(Scope.values()).map(Scope::label), Stream.of(ALL))
                .iterator();
    }
}
