package dev.wick.gateway.snapshot;

/**
 * How a listener treats HTTP, as its connections and requests read it. Immutable; shared by all
 * loops.
 *
 * @param protocols what is spoken, and how
 * @param edge what is made of heads
 * @param policies what is done to all requests and answers
 */
public record HttpSettings(ProtocolSettings protocols, EdgeSettings edge, PolicySettings policies) {

    /** What holds where nothing is said. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(ProtocolSettings.DEFAULT, EdgeSettings.DEFAULT, PolicySettings.NONE);
}
