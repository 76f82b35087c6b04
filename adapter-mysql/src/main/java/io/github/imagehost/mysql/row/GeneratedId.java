package io.github.imagehost.mysql.row;

/** Takes the id that the database gave to a new row. */
public final class GeneratedId {

    private long id;

    /** The id; 0 before the row was inserted. */
    public long getId() {
        return id;
    }

    public void setId(long id) {
        this.id = id;
    }
}
