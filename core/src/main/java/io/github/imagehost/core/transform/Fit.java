package io.github.imagehost.core.transform;

/** How a picture is fitted into the box that a {@link Transformation} asks for. */
public enum Fit {

    /** The whole picture, as large as the box allows. */
    INSIDE,

    /** The box is filled; what sticks out of it is cut off, on both sides alike. */
    COVER
}
