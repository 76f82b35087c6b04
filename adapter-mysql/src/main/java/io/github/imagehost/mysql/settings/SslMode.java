package io.github.imagehost.mysql.settings;

/** How much TLS the connections to a server have. */
public enum SslMode {
    /** None: for trusted networks only. */
    DISABLED,
    /** If the server offers it; proves nothing about the server. */
    PREFERRED,
    /** Always; proves nothing about the server. */
    REQUIRED,
    /** Always, with a certificate of the server that the JVM's trust store vouches for. */
    VERIFY_CA,
    /** As {@link #VERIFY_CA}, and the certificate has the server's name. */
    VERIFY_IDENTITY
}
