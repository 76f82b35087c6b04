package io.github.imagehost.core.access.source;

import java.net.InetAddress;
import java.util.Optional;

/**
 * From where a request comes.
 *
 * @param origin of the page that sent it, as its browser says; empty if none is told. Any program may say anything
 * @param client its address
 */
public record RequestSource(Optional<String> origin, InetAddress client) {}
