package dev.wick.gateway.snapshot;

/**
 * How a listener treats HTTP, as its connections and requests read it. Immutable; shared by all
 * loops.
 *
 * @param protocols what is spoken, and how
 */
public record HttpSettings(ProtocolSettings protocols) {

    /** What holds where nothing is said. */
    public static final HttpSettings DEFAULT = new HttpSettings(ProtocolSettings.DEFAULT);
}
