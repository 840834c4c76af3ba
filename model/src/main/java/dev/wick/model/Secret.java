package dev.wick.model;

/**
 * Something that only instances may read: encrypted before the store writes it, redacted wherever
 * it is shown.
 *
 * @param value UTF-8, 1 byte to 64 KiB
 */
public record Secret(String name, String value) implements Document {

    @Override
    public Kind kind() {
        return Kind.SECRET;
    }

    /** Without the value: a secret that is logged by mistake stays one. */
    @Override
    public String toString() {
        return "Secret[name=" + name + ", value=(redacted)]";
    }
}
