package io.github.imagehost.core.transform;

/** Which engine renders pictures. */
public enum EngineChoice {

    /** {@link #VIPS} if its tool is installed, otherwise {@link #JAVA}. */
    AUTO,

    /** {@link JavaImageEngine}. */
    JAVA,

    /** {@link VipsImageEngine}. */
    VIPS
}
