package io.github.imagehost.cli.converter;

import io.github.imagehost.core.model.access.Network;
import picocli.CommandLine.ITypeConverter;

/** Reads a network, or an address alone. */
public final class NetworkConverter implements ITypeConverter<Network> {

    @Override
    public Network convert(String text) {
        return Conversion.of(text, Network::parse);
    }
}
