package io.github.imagehost.core.transform.engine;

import io.github.imagehost.core.transform.imageio.JavaImageEngine;
import io.github.imagehost.core.transform.vips.VipsImageEngine;

/** Which engine renders pictures. */
public enum EngineChoice {

    /** {@link #VIPS} if its tool is installed, otherwise {@link #JAVA}. */
    AUTO,

    /** {@link JavaImageEngine}. */
    JAVA,

    /** {@link VipsImageEngine}. */
    VIPS
}
