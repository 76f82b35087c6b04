package io.github.imagehost.cli.terminal;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON as the service does. */
public final class Json {

    private Json() {}

    /** The document as one line, with properties in the order in which the records declare them. */
    public static String write(Object document) {
        return JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build()
                .writeValueAsString(document);
    }
}
