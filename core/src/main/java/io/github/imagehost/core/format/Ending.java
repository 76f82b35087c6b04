package io.github.imagehost.core.format;

/** What is asked of the end of a picture. */
public enum Ending {
    /** Its format's mark of the end has to be there. */
    REQUIRED,
    /** It is put where the last pixel ends: all of them have to be there, but nothing behind them. */
    SUPPLIED
}
