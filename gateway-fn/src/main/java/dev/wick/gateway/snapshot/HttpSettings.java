package dev.wick.gateway.snapshot;

/**
 * How a listener treats HTTP, as its connections and requests read it. Immutable; shared by all
 * loops.
 *
 * @param protocols what is spoken, and how
 * @param edge what is made of heads
 */
public record HttpSettings(ProtocolSettings protocols, EdgeSettings edge) {

    /** What holds where nothing is said. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(ProtocolSettings.DEFAULT, EdgeSettings.DEFAULT);
}
